/** Whether a text is one line of 1 to `most` characters, with no space at its ends and nothing in it that is not seen. */
export function isLine(text: string, most: number): boolean {
  return text.length <= most && /^[^\s\p{C}]([^\p{C}\p{Zl}\p{Zp}]*[^\s\p{C}])?$/u.test(text);
}
