/** Where on this server everyone can check an honour by the number of its certificate. */
export function honourPath(number: string): string {
  return `/honours/${number}`;
}

/** Where everyone who has the number can get the certificate itself. */
export function honourFilePath(number: string): string {
  return `${honourPath(number)}.pdf`;
}
