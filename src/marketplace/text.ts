/** Whether a text that people will read has 1 to `most` characters, as the database counts them, and no space at its ends. */
export function isText(text: string, most: number): boolean {
  const length = [...text].length;
  return length >= 1 && length <= most && text.trim() === text;
}
