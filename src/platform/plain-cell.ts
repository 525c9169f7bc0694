/** A text for a cell of CSV: what a spreadsheet would take for a formula is marked as the text that it is. */
export function plainCell(text: string): string {
  return /^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
}
