import type { Refusal } from '../platform/result.ts';

export const dashboardAddressSpent: Refusal = {
  code: 'DASHBOARD_ADDRESS_SPENT',
  message: {
    zh: '该地址已失效（五分钟内有效，只能使用一次）。请在管理端重新获取任务队列的地址。',
    en: 'This address is no longer good: it works once, within five minutes. Ask for a new one at the admin door.',
  },
};

export const dashboardNotEntered: Refusal = {
  code: 'DASHBOARD_NOT_ENTERED',
  message: {
    zh: '请在管理端获取任务队列的地址（queueDashboardAddress），并用浏览器打开。',
    en: 'Ask for the address of the queues at the admin door (queueDashboardAddress) and open it in this browser.',
  },
};

export const queuesAway: Refusal = {
  code: 'QUEUES_AWAY',
  message: { zh: '任务队列暂时无法读取，请稍后再试。', en: 'The queues cannot be read just now. Try again shortly.' },
};
