import type { Queryable, Transaction } from '#db/database.ts';
import type { SigningKey, SigningPurpose } from './signing-key.ts';

const columns =
  'id, purpose, published, private_key_sealed as "privateKeySealed", created_at as "createdAt", active_at as "activeAt"';

/** Newest first. */
export async function selectSigningKeys(
  queryable: Queryable,
  purpose: SigningPurpose,
): Promise<SigningKey[]> {
  return queryable.query<SigningKey>(
    `select ${columns} from signing_keys where purpose = $1 order by active_at desc`,
    [purpose],
  );
}

/** One at a time: nodes that start together on an empty database make one key between them. */
export async function lockSigningKeys(transaction: Transaction, purpose: SigningPurpose): Promise<void> {
  transaction.write('select pg_advisory_xact_lock(hashtextextended($1, 4))', [purpose]);
}

export async function insertSigningKey(transaction: Transaction, key: SigningKey): Promise<void> {
  transaction.write(
    `insert into signing_keys (id, purpose, published, private_key_sealed, created_at, active_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [key.id, key.purpose, key.published, key.privateKeySealed, key.createdAt, key.activeAt],
  );
}
