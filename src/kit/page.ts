/** A row's place in a list that is ordered by age. */
export interface Position {
  readonly createdAt: Date;
  readonly id: string;
}

/**
 * A page of such a list: its newest rows, those that stand next before a position (older) or next after it (newer).
 */
export interface Page {
  readonly before?: Position;
  readonly after?: Position;
  readonly limit: number;
}
