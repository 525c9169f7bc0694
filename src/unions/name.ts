/** Whether a text can be the name of a union or a programme: 1 to 120 characters, no space at either end. */
export function isName(text: string): boolean {
  return text.length >= 1 && text.length <= 120 && text === text.trim();
}
