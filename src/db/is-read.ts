/** Whether a statement of ours only reads, or locks: none that writes begins like this. */
export function isRead(sql: string): boolean {
  return sql.startsWith('select ');
}
