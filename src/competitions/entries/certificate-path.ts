/** Where on this server everyone can check the certificate of a number. */
export function certificatePath(number: string): string {
  return `/certificates/${number}`;
}
