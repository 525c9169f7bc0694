import type { Message, Refusal } from '../platform/result.ts';
import { LARGEST_FILE, MOST_FREE, MOST_OF_TARGET } from './limits.ts';

export const signInNeeded: Refusal = {
  code: 'UNAUTHENTICATED',
  message: { zh: '请先登录会员端或管理端。', en: 'Sign in first, as a member or an admin.' },
};

export const evidenceNameMalformed: Refusal = {
  code: 'EVIDENCE_NAME_MALFORMED',
  message: {
    zh: '地址须带 fileName（文件名），1 至 200 个字，请改名后重新上传。',
    en: 'The address must carry fileName, a name of 1 to 200 characters. Rename the file and upload it again.',
  },
  at: 'fileName',
};

export const evidenceEmpty: Refusal = {
  code: 'EVIDENCE_EMPTY',
  message: {
    zh: '没有收到文件内容，请选择文件后重新上传。',
    en: 'The file is empty. Choose the file and upload it again.',
  },
};

export const evidenceTooLarge: Refusal = {
  code: 'EVIDENCE_TOO_LARGE',
  message: {
    zh: `文件超过 ${LARGEST_FILE / 1_000_000} MB，请压缩图片或拆分文件后重新上传。`,
    en: `The file is larger than ${LARGEST_FILE / 1_000_000} MB. Make the picture smaller, or split the document.`,
  },
};

export const evidenceTypeRefused: Refusal = {
  code: 'EVIDENCE_TYPE_REFUSED',
  message: {
    zh: '只接受 JPEG、PNG、WebP、HEIC 图片和 PDF 文件。请拍照、截图或另存为 PDF 后重新上传。',
    en: 'Only JPEG, PNG, WebP and HEIC images and PDF documents are taken. Upload a photo, a screenshot or a PDF.',
  },
};

/** `extension` as the name has it, without the dot; `kind` is what the content is. */
export function evidenceNotWhatItSays(extension: string, kind: Message): Refusal {
  return {
    code: 'EVIDENCE_NOT_WHAT_IT_SAYS',
    message: {
      zh: `文件名以 .${extension} 结尾，内容却是${kind.zh}。请核对是否选错了文件，或改正文件名后重新上传。`,
      en: `The name ends in .${extension}, but the content is ${kind.en}. Choose the right file, or correct its name.`,
    },
    at: 'fileName',
  };
}

export const evidenceTooMany: Refusal = {
  code: 'EVIDENCE_TOO_MANY',
  message: {
    zh: `您已有 ${MOST_FREE} 个上传后尚未使用的文件。请先提交用到它们的申请；24 小时未使用的文件会自动清除。`,
    en: `You have ${MOST_FREE} files that nothing uses yet. Submit what they are for; unused ones go after 24 hours.`,
  },
};

/** Also what somebody else's file answers. `index` is its place in the list. */
export function evidenceUnknown(index: number): Refusal {
  return {
    code: 'EVIDENCE_UNKNOWN',
    message: {
      zh: `第 ${index + 1} 个证明材料不是您上传的，或已用于别处，或因 24 小时未使用已被清除，请重新上传。`,
      en: `File ${index + 1} is none of yours, is used elsewhere, or went after 24 hours without use. Upload it again.`,
    },
    at: `evidenceIds.${index}`,
  };
}

export const evidenceCount: Refusal = {
  code: 'EVIDENCE_COUNT',
  message: {
    zh: `证明材料最多 ${MOST_OF_TARGET} 个，请减少几个，或合并为一个 PDF。`,
    en: `At most ${MOST_OF_TARGET} files can be attached. Leave some out, or put them into one PDF.`,
  },
  at: 'evidenceIds',
};

export const evidenceAddressExpired: Refusal = {
  code: 'EVIDENCE_ADDRESS_EXPIRED',
  message: {
    zh: '这个文件地址已过期，请刷新页面以获取新的地址。',
    en: 'This address has expired. Ask for the file’s url again to get a new one.',
  },
};
