import type { Refusal } from '../platform/result.ts';

export const refreshTokenMalformed: Refusal = {
  code: 'REFRESH_TOKEN_MALFORMED',
  message: {
    zh: '登录凭证无效，请重新登录。',
    en: 'This refresh token is not valid here. Sign in again.',
  },
  at: 'refreshToken',
};

export const refreshTokenReused: Refusal = {
  code: 'REFRESH_TOKEN_REUSED',
  message: {
    zh: '登录凭证被重复使用，可能已泄露，为保护您的账号已退出登录，请重新登录。',
    en: 'This refresh token had been used before and may have been stolen, so the session was ended. Sign in again.',
  },
  at: 'refreshToken',
};

export const sessionEnded: Refusal = {
  code: 'SESSION_ENDED',
  message: {
    zh: '登录已失效，请重新登录。',
    en: 'This session has ended. Sign in again.',
  },
};

export const bindingTokenUnusable: Refusal = {
  code: 'BINDING_TOKEN_UNUSABLE',
  message: {
    zh: '绑定凭证无效或已超过 10 分钟，请重新微信登录后再绑定。',
    en: 'The binding token is not valid or older than ten minutes. Sign in with WeChat again, then bind.',
  },
  at: 'bindingToken',
};

export const passwordTooWeak: Refusal = {
  code: 'PASSWORD_TOO_WEAK',
  message: {
    zh: '密码须为 10 至 200 个字符，至少含 5 种不同字符，不能是连续的字母或数字，也不能包含登录名。',
    en: 'A password has 10 to 200 characters, at least 5 different ones, is no run like 1234567890, and does not contain the login.',
  },
  at: 'password',
};

/** One answer for an unknown login, a wrong password and a disabled account. */
export const wrongCredentials: Refusal = {
  code: 'WRONG_CREDENTIALS',
  message: {
    zh: '登录名或密码不正确，请检查后重试；若账号已停用，请联系管理员。',
    en: 'The login or the password is not right. Check both; if the account was disabled, ask your administrator.',
  },
};

export const wrongPassword: Refusal = {
  code: 'WRONG_PASSWORD',
  message: { zh: '原密码不正确，请重新输入。', en: 'The current password is not right. Enter it again.' },
  at: 'currentPassword',
};

export const loginMalformed: Refusal = {
  code: 'LOGIN_MALFORMED',
  message: {
    zh: '登录名须为 3 至 60 个字符，可用字母、数字和 . _ @ -，以字母或数字开头，不分大小写。',
    en: 'A login has 3 to 60 letters, digits or . _ @ - and begins with a letter or digit; case does not matter.',
  },
  at: 'login',
};

export const loginTaken: Refusal = {
  code: 'LOGIN_TAKEN',
  message: { zh: '该登录名已被使用，请换一个。', en: 'This login is taken. Choose another one.' },
  at: 'login',
};

export const nameMalformed: Refusal = {
  code: 'NAME_MALFORMED',
  message: {
    zh: '名称须为 1 至 80 个字，且首尾不能是空格。',
    en: 'The name must have 1 to 80 characters and neither begin nor end with a space.',
  },
  at: 'name',
};

/** Also what a union outside the caller's branch answers. */
export const unionUnknown: Refusal = {
  code: 'UNION_UNKNOWN',
  message: {
    zh: '没有这个工会组织，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such union in your branch. Choose one from the list.',
  },
  at: 'unionId',
};

export const roleUnknown: Refusal = {
  code: 'ROLE_UNKNOWN',
  message: {
    zh: '没有这个角色，请从角色列表中选择。',
    en: 'There is no such role. Choose one from the list.',
  },
  at: 'role',
};

export const roleBeyondYours: Refusal = {
  code: 'ROLE_BEYOND_YOURS',
  message: {
    zh: '该角色包含您在此工会没有的权限，请由上级管理员办理。',
    en: 'This role has permissions that you do not hold in that union. Ask an administrator above you.',
  },
  at: 'role',
};

/** Also what an admin outside the caller's branch answers. */
export const adminUnknown: Refusal = {
  code: 'ADMIN_UNKNOWN',
  message: {
    zh: '没有这名管理员，或其不在您的管理范围内，请重新查找。',
    en: 'There is no such admin in your branch. Look the admin up again.',
  },
  at: 'adminId',
};

export const roleNotHeld: Refusal = {
  code: 'ROLE_NOT_HELD',
  message: {
    zh: '该管理员在此工会没有这个角色，无需撤销。',
    en: 'This admin does not have that role in that union; there is nothing to revoke.',
  },
  at: 'role',
};

export const lastRole: Refusal = {
  code: 'LAST_ROLE',
  message: {
    zh: '这是该管理员唯一的角色，撤销后将无人能再找到该账号；请改为停用账号，或先授予其他角色。',
    en: 'This is the only role of that admin, who could not be found again without it. Disable the account, or grant another role first.',
  },
  at: 'role',
};

export const ownAccount: Refusal = {
  code: 'OWN_ACCOUNT',
  message: {
    zh: '不能撤销自己的角色或停用自己的账号，请由另一名管理员办理。',
    en: 'You cannot revoke your own role or disable your own account. Ask another admin.',
  },
  at: 'adminId',
};

export const beyondYourBranch: Refusal = {
  code: 'BEYOND_YOUR_BRANCH',
  message: {
    zh: '该管理员还有您无权撤销的角色；请只撤销您范围内的角色，或由上级管理员停用账号。',
    en: 'That admin also has roles that you may not revoke. Revoke those in your branch, or ask an administrator above you.',
  },
  at: 'adminId',
};

export const permissionsUnfit: Refusal = {
  code: 'PERMISSIONS_UNFIT',
  message: {
    zh: '请至少选择一项您在此工会拥有的权限；接口令牌不能拥有 admins:write。',
    en: 'Choose at least one permission, each of which you hold in that union; a token cannot have admins:write.',
  },
  at: 'permissions',
};

export const expiryUnfit: Refusal = {
  code: 'EXPIRY_UNFIT',
  message: {
    zh: '到期时间须晚于现在，且不超过一年。',
    en: 'A token must expire after now and within a year.',
  },
  at: 'expiresAt',
};

/** Also what a token outside the caller's branch answers. */
export const apiTokenUnknown: Refusal = {
  code: 'API_TOKEN_UNKNOWN',
  message: {
    zh: '没有这个接口令牌，或它不在您的管理范围内。',
    en: 'There is no such API token in your branch.',
  },
  at: 'apiTokenId',
};

export const wechatCodeUnusable: Refusal = {
  code: 'WECHAT_CODE_UNUSABLE',
  message: {
    zh: '微信登录凭证无效、已使用或已过期，请重新获取后再试。',
    en: 'This WeChat code is not valid, was used before or has expired. Ask WeChat for a new one (wx.login) and try again.',
  },
  at: 'code',
};

export const wechatTooOften: Refusal = {
  code: 'WECHAT_TOO_OFTEN',
  message: {
    zh: '操作过于频繁，请一分钟后再试。',
    en: 'WeChat was asked too often. Try again in a minute.',
  },
};

export const wechatAccountRestricted: Refusal = {
  code: 'WECHAT_ACCOUNT_RESTRICTED',
  message: {
    zh: '微信判定该微信号存在风险或已受限，请在微信中解除限制后再登录，或联系所在单位工会。',
    en: 'WeChat holds this account to be risky or has restricted it. Lift the restriction in WeChat, or ask your union for help.',
  },
};

export const wechatBusy: Refusal = {
  code: 'WECHAT_BUSY',
  message: {
    zh: '微信服务暂时繁忙，请稍后重新尝试登录。',
    en: 'WeChat is busy at the moment. Wait a little, get a new code and try again.',
  },
};

export const adminSignInNeeded: Refusal = {
  code: 'UNAUTHENTICATED',
  message: { zh: '请先登录管理端。', en: 'Sign in as an admin first.' },
};
