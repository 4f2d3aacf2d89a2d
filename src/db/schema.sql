create table access_tokens (
  tenant_id uuid not null,
  digest bytea not null,
  facade text not null,
  credential_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  grant_id uuid,
  constraint access_tokens_pkey PRIMARY KEY (tenant_id, digest),
  constraint access_tokens_tenant_id_credential_id_fkey FOREIGN KEY (tenant_id, credential_id) REFERENCES credentials(tenant_id, id),
  constraint access_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint access_tokens_tenant_id_grant_id_fkey FOREIGN KEY (tenant_id, grant_id) REFERENCES grants(tenant_id, id),
  constraint access_tokens_digest_check CHECK ((octet_length(digest) = 32))
);
CREATE UNIQUE INDEX access_tokens_by_digest ON public.access_tokens USING btree (digest);
CREATE INDEX access_tokens_by_end ON public.access_tokens USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX access_tokens_by_grant ON public.access_tokens USING btree (tenant_id, grant_id) WHERE (grant_id IS NOT NULL);

create table allocations (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  payment_id uuid not null,
  round integer not null,
  item integer not null,
  share integer not null,
  recipient_type text not null,
  merchant_id uuid,
  item_merchant_id uuid,
  recipient_name text not null,
  label text,
  reference text not null,
  metadata jsonb default '{}'::jsonb not null,
  currency text not null,
  amount bigint not null,
  allocated_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  disbursement_id uuid,
  payout_id uuid,
  constraint allocations_pkey PRIMARY KEY (tenant_id, id),
  constraint allocations_tenant_id_payment_id_round_item_share_key UNIQUE (tenant_id, payment_id, round, item, share),
  constraint allocations_tenant_id_disbursement_id_fkey FOREIGN KEY (tenant_id, disbursement_id) REFERENCES disbursements(tenant_id, id),
  constraint allocations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint allocations_tenant_id_merchant_id_fkey FOREIGN KEY (tenant_id, merchant_id) REFERENCES merchants(tenant_id, id),
  constraint allocations_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  constraint allocations_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint allocations_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts(tenant_id, id),
  constraint allocations_amount_check CHECK ((amount <> 0)),
  constraint allocations_check CHECK (((recipient_type = 'merchant'::text) = (merchant_id IS NOT NULL))),
  constraint allocations_check1 CHECK ((((settled_at IS NULL) = (disbursement_id IS NULL)) AND ((settled_at IS NULL) = (payout_id IS NULL)))),
  constraint allocations_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint allocations_item_check CHECK ((item >= 0)),
  constraint allocations_recipient_type_check CHECK ((recipient_type = ANY (ARRAY['tenant'::text, 'merchant'::text, 'payment_facilitator'::text]))),
  constraint allocations_round_check CHECK ((round > 0)),
  constraint allocations_share_check CHECK ((share >= 0))
);
CREATE INDEX allocations_by_age ON public.allocations USING btree (tenant_id, allocated_at, id);
CREATE INDEX allocations_by_disbursement ON public.allocations USING btree (tenant_id, disbursement_id) WHERE (disbursement_id IS NOT NULL);
CREATE INDEX allocations_by_merchant ON public.allocations USING btree (tenant_id, merchant_id, allocated_at, id) WHERE (merchant_id IS NOT NULL);
CREATE INDEX allocations_by_order ON public.allocations USING btree (tenant_id, order_id);
CREATE INDEX allocations_by_payout ON public.allocations USING btree (tenant_id, payout_id) WHERE (payout_id IS NOT NULL);
CREATE CONSTRAINT TRIGGER allocations_sum AFTER INSERT ON public.allocations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_allocations();

create table applications (
  tenant_id uuid not null,
  credential_id uuid not null,
  is_public boolean not null,
  redirect_uris text[] not null,
  constraint applications_pkey PRIMARY KEY (tenant_id, credential_id),
  constraint applications_tenant_id_credential_id_fkey FOREIGN KEY (tenant_id, credential_id) REFERENCES credentials(tenant_id, id),
  constraint applications_redirect_uris_check CHECK (((cardinality(redirect_uris) >= 1) AND (cardinality(redirect_uris) <= 10)))
);

create table attachments (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  content_sealed text not null,
  created_at timestamp with time zone not null,
  constraint attachments_pkey PRIMARY KEY (tenant_id, id),
  constraint attachments_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint attachments_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 50))),
  constraint attachments_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text]))),
  constraint attachments_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint attachments_size_check CHECK ((size > 0))
);
CREATE INDEX attachments_by_age ON public.attachments USING btree (tenant_id, created_at, id);
CREATE INDEX attachments_by_payment ON public.attachments USING btree (tenant_id, payment_id, created_at, id);

create table callbacks (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  dialect text not null,
  url text not null,
  subject_id uuid not null,
  subject_version integer not null,
  status text not null,
  attempts integer default 0 not null,
  due_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  last_status integer,
  last_error text,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  subscription_id uuid,
  acknowledged_at timestamp with time zone,
  constraint callbacks_pkey PRIMARY KEY (tenant_id, id),
  constraint callbacks_once_key UNIQUE NULLS NOT DISTINCT (tenant_id, event_id, url, subscription_id),
  constraint callbacks_subscription_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES event_subscriptions(tenant_id, id),
  constraint callbacks_tenant_id_event_id_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES events(tenant_id, id),
  constraint callbacks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint callbacks_attempts_check CHECK ((attempts >= 0)),
  constraint callbacks_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
);
CREATE INDEX callbacks_by_subject ON public.callbacks USING btree (tenant_id, subject_id, url, subject_version) WHERE (status = 'pending'::text);
CREATE INDEX callbacks_due ON public.callbacks USING btree (tenant_id, due_at) WHERE (status = 'pending'::text);
CREATE INDEX callbacks_missed ON public.callbacks USING btree (tenant_id, subscription_id, created_at, id) WHERE ((subscription_id IS NOT NULL) AND (status = 'dead'::text) AND (acknowledged_at IS NULL));

create table cards (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  connector text not null,
  token_sealed text,
  brand text,
  masked_number text,
  expiry text,
  holder_name text,
  consent text not null,
  created_at timestamp with time zone not null,
  stored_at timestamp with time zone,
  deleted_at timestamp with time zone,
  takes_over text,
  warn_at timestamp with time zone,
  constraint cards_pkey PRIMARY KEY (tenant_id, id),
  constraint cards_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint cards_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint cards_check CHECK (((token_sealed IS NOT NULL) = ((stored_at IS NOT NULL) AND (deleted_at IS NULL)))),
  constraint cards_masked_number_check CHECK ((masked_number ~ '^[0-9]{6}[.]+[0-9]{2}$'::text)),
  constraint cards_takes_over_check CHECK ((takes_over = ANY (ARRAY['one'::text, 'all'::text])))
);
CREATE INDEX cards_by_customer ON public.cards USING btree (tenant_id, customer_id, created_at) WHERE (stored_at IS NOT NULL);
CREATE INDEX cards_warning ON public.cards USING btree (tenant_id, warn_at) WHERE (warn_at IS NOT NULL);

create table claims (
  tenant_id uuid not null,
  id uuid not null,
  origin text not null,
  status text not null,
  currency text not null,
  amount bigint not null,
  tax bigint not null,
  shipping bigint not null,
  subtotal bigint not null,
  reference text,
  capture text not null,
  prescription_required boolean not null,
  success_url text not null,
  failure_url text not null,
  cancel_url text not null,
  callback_url text,
  customer_id uuid,
  contact_digest bytea,
  session_digest bytea,
  active_payment_id uuid,
  payment_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone,
  token_until timestamp with time zone not null,
  constraint claims_pkey PRIMARY KEY (tenant_id, id),
  constraint claims_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint claims_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint claims_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint claims_capture_check CHECK ((capture = ANY (ARRAY['now'::text, 'later'::text]))),
  constraint claims_check CHECK (((status = ANY (ARRAY['pending'::text, 'settled'::text, 'denied'::text])) = (payment_id IS NOT NULL))),
  constraint claims_check1 CHECK (((status = ANY (ARRAY['initial'::text, 'cancelled'::text])) OR (customer_id IS NOT NULL))),
  constraint claims_check2 CHECK (((customer_id IS NULL) = (contact_digest IS NULL))),
  constraint claims_contact_digest_check CHECK ((octet_length(contact_digest) = 32)),
  constraint claims_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint claims_session_digest_check CHECK ((octet_length(session_digest) = 32)),
  constraint claims_shipping_check CHECK ((shipping >= 0)),
  constraint claims_status_check CHECK ((status = ANY (ARRAY['initial'::text, 'claimed'::text, 'authorised'::text, 'pending'::text, 'settled'::text, 'denied'::text, 'cancelled'::text]))),
  constraint claims_subtotal_check CHECK ((subtotal >= 0)),
  constraint claims_tax_check CHECK ((tax >= 0))
);
CREATE UNIQUE INDEX claims_by_id ON public.claims USING btree (id);

create table connector_accounts (
  tenant_id uuid not null,
  connector text not null,
  account_sealed text not null,
  created_at timestamp with time zone not null,
  constraint connector_accounts_pkey PRIMARY KEY (tenant_id, connector),
  constraint connector_accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);

create table contact_codes (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  contact_digest bytea not null,
  code_digest bytea not null,
  wrong_tries integer default 0 not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint contact_codes_pkey PRIMARY KEY (tenant_id, id),
  constraint contact_codes_tenant_id_claim_id_fkey FOREIGN KEY (tenant_id, claim_id) REFERENCES claims(tenant_id, id),
  constraint contact_codes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint contact_codes_code_digest_check CHECK ((octet_length(code_digest) = 32)),
  constraint contact_codes_contact_digest_check CHECK ((octet_length(contact_digest) = 32)),
  constraint contact_codes_wrong_tries_check CHECK (((wrong_tries >= 0) AND (wrong_tries <= 5)))
);
CREATE INDEX contact_codes_by_contact ON public.contact_codes USING btree (tenant_id, contact_digest, created_at);

create table credentials (
  tenant_id uuid not null,
  id uuid not null,
  facade text not null,
  lookup text not null,
  digest bytea not null,
  label text default ''::text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  account text,
  constraint credentials_pkey PRIMARY KEY (tenant_id, id),
  constraint credentials_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint credentials_account_check CHECK (((length(account) >= 1) AND (length(account) <= 64))),
  constraint credentials_digest_check CHECK ((octet_length(digest) = 32))
);
CREATE INDEX credentials_by_lookup ON public.credentials USING btree (facade, lookup);

create table customers (
  tenant_id uuid not null,
  id uuid not null,
  first_name text,
  last_name text,
  email text,
  phone text,
  reference text,
  created_at timestamp with time zone not null,
  address jsonb,
  constraint customers_pkey PRIMARY KEY (tenant_id, id),
  constraint customers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);

create table deposit_references (
  tenant_id uuid not null,
  reference text not null,
  kind text not null,
  link_id uuid,
  payment_id uuid,
  complete_when_funded boolean not null,
  document_name text,
  created_at timestamp with time zone not null,
  constraint deposit_references_pkey PRIMARY KEY (tenant_id, reference),
  constraint deposit_references_tenant_id_link_id_key UNIQUE (tenant_id, link_id),
  constraint deposit_references_tenant_id_payment_id_key UNIQUE (tenant_id, payment_id),
  constraint deposit_references_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint deposit_references_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES links(tenant_id, id),
  constraint deposit_references_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint deposit_references_check CHECK (((link_id IS NULL) <> (payment_id IS NULL))),
  constraint deposit_references_kind_check CHECK ((kind = ANY (ARRAY['ocr'::text, 'kid'::text]))),
  constraint deposit_references_reference_check CHECK ((reference ~ '^[0-9]{2,25}$'::text))
);

create table deposit_returns (
  tenant_id uuid not null,
  id uuid not null,
  deposit_id uuid not null,
  bank_reference text not null,
  amount bigint not null,
  created_at timestamp with time zone not null,
  constraint deposit_returns_pkey PRIMARY KEY (tenant_id, id),
  constraint deposit_returns_tenant_id_bank_reference_key UNIQUE (tenant_id, bank_reference),
  constraint deposit_returns_tenant_id_deposit_id_fkey FOREIGN KEY (tenant_id, deposit_id) REFERENCES deposits(tenant_id, id),
  constraint deposit_returns_amount_check CHECK ((amount > 0)),
  constraint deposit_returns_bank_reference_check CHECK (((length(bank_reference) >= 1) AND (length(bank_reference) <= 100)))
);
CREATE INDEX deposit_returns_by_deposit ON public.deposit_returns USING btree (tenant_id, deposit_id);

create table deposits (
  tenant_id uuid not null,
  id uuid not null,
  bank_reference text not null,
  reference text,
  currency text not null,
  amount bigint not null,
  unallocated bigint not null,
  matched bigint default 0 not null,
  surplus bigint default 0 not null,
  returned bigint default 0 not null,
  link_id uuid,
  payment_id uuid,
  version integer default 1 not null,
  received_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint deposits_pkey PRIMARY KEY (tenant_id, id),
  constraint deposits_tenant_id_bank_reference_key UNIQUE (tenant_id, bank_reference),
  constraint deposits_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint deposits_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES links(tenant_id, id),
  constraint deposits_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint deposits_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint deposits_bank_reference_check CHECK (((length(bank_reference) >= 1) AND (length(bank_reference) <= 100))),
  constraint deposits_check CHECK (((((unallocated + matched) + surplus) + returned) = amount)),
  constraint deposits_check1 CHECK (((matched = 0) OR (payment_id IS NOT NULL))),
  constraint deposits_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint deposits_matched_check CHECK ((matched >= 0)),
  constraint deposits_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 140))),
  constraint deposits_returned_check CHECK ((returned >= 0)),
  constraint deposits_surplus_check CHECK ((surplus >= 0)),
  constraint deposits_unallocated_check CHECK ((unallocated >= 0))
);
CREATE INDEX deposits_by_age ON public.deposits USING btree (tenant_id, created_at, id);
CREATE INDEX deposits_by_payment ON public.deposits USING btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX deposits_surplus ON public.deposits USING btree (tenant_id, created_at, id) WHERE (surplus > 0);
CREATE INDEX deposits_unallocated ON public.deposits USING btree (tenant_id, created_at, id) WHERE (unallocated > 0);

create table disbursements (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  currency text not null,
  amount bigint not null,
  callback_url text,
  disbursed_at timestamp with time zone not null,
  constraint disbursements_pkey PRIMARY KEY (tenant_id, id),
  constraint disbursements_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint disbursements_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  constraint disbursements_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
CREATE INDEX disbursements_by_age ON public.disbursements USING btree (tenant_id, disbursed_at, id);

create table documents (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  payment_id uuid not null,
  number text not null,
  created_at timestamp with time zone not null,
  constraint documents_pkey PRIMARY KEY (tenant_id, id),
  constraint documents_tenant_id_kind_payment_id_key UNIQUE (tenant_id, kind, payment_id),
  constraint documents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint documents_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint documents_kind_check CHECK ((kind = 'receipt'::text))
);

create table event_subscriptions (
  tenant_id uuid not null,
  id uuid not null,
  dialect text not null,
  url text not null,
  event_names text[] not null,
  event_types text[] not null,
  key_sealed text,
  status text not null,
  created_at timestamp with time zone not null,
  constraint event_subscriptions_pkey PRIMARY KEY (tenant_id, id),
  constraint event_subscriptions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint event_subscriptions_event_names_check CHECK ((cardinality(event_names) > 0)),
  constraint event_subscriptions_key_check CHECK (((status = 'ended'::text) = (key_sealed IS NULL))),
  constraint event_subscriptions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'open'::text, 'ended'::text])))
);
CREATE INDEX event_subscriptions_current ON public.event_subscriptions USING btree (tenant_id, created_at, id) WHERE (status <> 'ended'::text);

create table events (
  tenant_id uuid not null,
  id uuid not null,
  "position" bigint generated always as identity not null,
  sequence bigint,
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_version integer not null,
  data jsonb not null,
  created_at timestamp with time zone not null,
  constraint events_pkey PRIMARY KEY (tenant_id, id),
  constraint events_tenant_id_sequence_key UNIQUE (tenant_id, sequence),
  constraint events_tenant_id_subject_id_type_subject_version_key UNIQUE (tenant_id, subject_id, type, subject_version),
  constraint events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
CREATE INDEX events_unsequenced ON public.events USING btree (tenant_id, "position") WHERE (sequence IS NULL);

create table grants (
  tenant_id uuid not null,
  id uuid not null,
  credential_id uuid not null,
  redirect_uri text not null,
  challenge text not null,
  code_digest bytea not null,
  code_expires_at timestamp with time zone not null,
  redeemed_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint grants_pkey PRIMARY KEY (tenant_id, id),
  constraint grants_code_digest_key UNIQUE (code_digest),
  constraint grants_tenant_id_credential_id_fkey FOREIGN KEY (tenant_id, credential_id) REFERENCES applications(tenant_id, credential_id),
  constraint grants_challenge_check CHECK ((length(challenge) = 43)),
  constraint grants_code_digest_check CHECK ((octet_length(code_digest) = 32))
);

create table hooks (
  tenant_id uuid not null,
  id bigint generated by default as identity not null,
  dialect text not null,
  name text not null,
  trigger text not null,
  url text not null,
  department_id bigint,
  content_type text not null,
  active boolean not null,
  created_at timestamp with time zone not null,
  modified_at timestamp with time zone not null,
  constraint hooks_pkey PRIMARY KEY (tenant_id, id),
  constraint hooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint hooks_content_type_check CHECK ((content_type = ANY (ARRAY['form'::text, 'json'::text]))),
  constraint hooks_trigger_check CHECK ((trigger = ANY (ARRAY['client'::text, 'invoice'::text, 'invoice-draft'::text, 'invoicepayment'::text, 'unallocatedpayment'::text, 'phonenumber'::text])))
);

create table idempotency_keys (
  tenant_id uuid not null,
  scope text not null,
  key text not null,
  input_hash bytea not null,
  result jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, scope, key),
  constraint idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

create table installation_secrets (
  name text not null,
  secret_sealed text not null,
  created_at timestamp with time zone not null,
  constraint installation_secrets_pkey PRIMARY KEY (name),
  constraint installation_secrets_name_check CHECK ((name = 'pepper'::text))
);

create table late_evidence (
  tenant_id uuid not null,
  operation_id uuid not null,
  ordinal integer not null,
  evidence jsonb not null,
  at timestamp with time zone not null,
  constraint late_evidence_pkey PRIMARY KEY (tenant_id, operation_id, ordinal),
  constraint late_evidence_tenant_id_operation_id_fkey FOREIGN KEY (tenant_id, operation_id) REFERENCES operations(tenant_id, id)
);

create table ledger_accounts (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  currency text not null,
  created_at timestamp with time zone not null,
  constraint ledger_accounts_pkey PRIMARY KEY (tenant_id, id),
  constraint ledger_accounts_tenant_id_code_currency_key UNIQUE (tenant_id, code, currency),
  constraint ledger_accounts_tenant_id_id_currency_key UNIQUE (tenant_id, id, currency),
  constraint ledger_accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint ledger_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

create table ledger_balances (
  tenant_id uuid not null,
  account_id uuid not null,
  balance bigint not null,
  constraint ledger_balances_pkey PRIMARY KEY (tenant_id, account_id),
  constraint ledger_balances_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES ledger_accounts(tenant_id, id)
);

create table ledger_entries (
  tenant_id uuid not null,
  transaction_id uuid not null,
  ordinal smallint not null,
  account_id uuid not null,
  currency text not null,
  amount bigint not null,
  constraint ledger_entries_pkey PRIMARY KEY (tenant_id, transaction_id, ordinal),
  constraint ledger_entries_tenant_id_account_id_currency_fkey FOREIGN KEY (tenant_id, account_id, currency) REFERENCES ledger_accounts(tenant_id, id, currency),
  constraint ledger_entries_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES ledger_transactions(tenant_id, id),
  constraint ledger_entries_amount_check CHECK ((amount <> 0))
);
CREATE INDEX ledger_entries_by_account ON public.ledger_entries USING btree (tenant_id, account_id);
CREATE TRIGGER ledger_entries_balance AFTER INSERT ON public.ledger_entries REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_entries_balance();
CREATE TRIGGER ledger_entries_insert_only BEFORE DELETE OR UPDATE ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table ledger_seals (
  tenant_id uuid not null,
  sequence bigint not null,
  transaction_id uuid not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint ledger_seals_pkey PRIMARY KEY (tenant_id, sequence),
  constraint ledger_seals_tenant_id_transaction_id_key UNIQUE (tenant_id, transaction_id),
  constraint ledger_seals_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES ledger_transactions(tenant_id, id),
  constraint ledger_seals_hash_check CHECK ((octet_length(hash) = 32)),
  constraint ledger_seals_sequence_check CHECK ((sequence > 0))
);
CREATE TRIGGER ledger_seals_insert_only BEFORE DELETE OR UPDATE ON public.ledger_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table ledger_transactions (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  reference text not null,
  payment_id uuid,
  created_at timestamp with time zone not null,
  constraint ledger_transactions_pkey PRIMARY KEY (tenant_id, id),
  constraint ledger_transactions_tenant_id_reference_key UNIQUE (tenant_id, reference),
  constraint ledger_transactions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);
CREATE INDEX ledger_transactions_by_payment ON public.ledger_transactions USING btree (tenant_id, payment_id);
CREATE TRIGGER ledger_transactions_entered AFTER INSERT ON public.ledger_transactions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_postings_have_entries();
CREATE TRIGGER ledger_transactions_insert_only BEFORE DELETE OR UPDATE ON public.ledger_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transactions_no_truncate BEFORE TRUNCATE ON public.ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

create table ledger_unsealed (
  tenant_id uuid not null,
  transaction_id uuid not null,
  constraint ledger_unsealed_pkey PRIMARY KEY (tenant_id, transaction_id),
  constraint ledger_unsealed_tenant_id_transaction_id_fkey FOREIGN KEY (tenant_id, transaction_id) REFERENCES ledger_transactions(tenant_id, id)
);

create table links (
  tenant_id uuid not null,
  id uuid not null,
  token text not null,
  order_id uuid not null,
  customer_id uuid not null,
  origin text not null,
  status text not null,
  currency text not null,
  amount bigint not null,
  items jsonb not null,
  methods jsonb not null,
  particulars jsonb not null,
  due_date date,
  expires_at timestamp with time zone not null,
  callback_url text,
  sms_status text default 'not_created'::text not null,
  distributed_by_email boolean default false not null,
  invoice_created boolean default false not null,
  active_payment_id uuid,
  payment_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  ocr text,
  next_reminder_at timestamp with time zone,
  constraint links_pkey PRIMARY KEY (tenant_id, id),
  constraint links_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint links_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint links_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  constraint links_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint links_check CHECK (((status = 'completed'::text) = (payment_id IS NOT NULL))),
  constraint links_check1 CHECK ((invoice_created = (ocr IS NOT NULL))),
  constraint links_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint links_sms_status_check CHECK ((sms_status = ANY (ARRAY['not_created'::text, 'created'::text, 'pending'::text, 'delivered'::text, 'failed'::text]))),
  constraint links_status_check CHECK ((status = ANY (ARRAY['created'::text, 'completed'::text, 'expired'::text, 'cancelled'::text]))),
  constraint links_token_check CHECK ((length(token) >= 22))
);
CREATE INDEX links_by_age ON public.links USING btree (tenant_id, created_at, id);
CREATE UNIQUE INDEX links_by_token ON public.links USING btree (token);
CREATE INDEX links_expiring ON public.links USING btree (tenant_id, expires_at) WHERE (status = 'created'::text);
CREATE INDEX links_reminding ON public.links USING btree (tenant_id, next_reminder_at) WHERE ((status = 'created'::text) AND (next_reminder_at IS NOT NULL));

create table merchants (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  organisation_number text,
  created_at timestamp with time zone not null,
  status text default 'approved'::text not null,
  given jsonb default '{}'::jsonb not null,
  version integer default 1 not null,
  constraint merchants_pkey PRIMARY KEY (tenant_id, id),
  constraint merchants_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint merchants_status_check CHECK ((status = ANY (ARRAY['created'::text, 'pending'::text, 'approved'::text, 'denied'::text])))
);
CREATE INDEX merchants_by_id ON public.merchants USING btree (id);

create table messages (
  tenant_id uuid not null,
  id uuid not null,
  medium text not null,
  recipient text not null,
  subject text,
  body text not null,
  link_id uuid,
  request_key text not null,
  status text not null,
  channel text,
  provider_reference text,
  detail text,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  kind text default 'invitation'::text not null,
  delivery text,
  opt_out_url text,
  attempts integer default 0 not null,
  due_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (tenant_id, id),
  constraint messages_tenant_id_request_key_key UNIQUE (tenant_id, request_key),
  constraint messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint messages_attempts_check CHECK ((attempts >= 0)),
  constraint messages_delivery_check CHECK ((delivery = ANY (ARRAY['delivered'::text, 'failed'::text]))),
  constraint messages_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reminder'::text, 'code'::text, 'notice'::text]))),
  constraint messages_medium_check CHECK ((medium = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint messages_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unknown'::text])))
);
CREATE INDEX messages_by_age ON public.messages USING btree (tenant_id, created_at, id);
CREATE INDEX messages_by_link ON public.messages USING btree (tenant_id, link_id, created_at) WHERE (link_id IS NOT NULL);
CREATE INDEX messages_by_recipient ON public.messages USING btree (medium, recipient);
CREATE INDEX messages_waiting ON public.messages USING btree (created_at) WHERE (status = ANY (ARRAY['queued'::text, 'sending'::text]));

create table operations (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null,
  connector text not null,
  reference text not null,
  original_reference text,
  by_page boolean not null,
  currency text not null,
  amount bigint not null,
  reason text default ''::text not null,
  parameters jsonb default '{}'::jsonb not null,
  status text not null,
  page_url text,
  sends integer not null,
  inquiries integer default 0 not null,
  sent_at timestamp with time zone,
  next_inquiry_at timestamp with time zone not null,
  attempt_ends_at timestamp with time zone,
  end_asked_at timestamp with time zone,
  alarmed_at timestamp with time zone,
  processor_reference text,
  code text,
  message text,
  card jsonb,
  created_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  cancel_asked_by text,
  card_id uuid,
  constraint operations_pkey PRIMARY KEY (tenant_id, id),
  constraint operations_tenant_id_connector_reference_key UNIQUE (tenant_id, connector, reference),
  constraint operations_tenant_id_card_id_fkey FOREIGN KEY (tenant_id, card_id) REFERENCES cards(tenant_id, id),
  constraint operations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint operations_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint operations_amount_check CHECK ((amount > 0)),
  constraint operations_cancel_asked_by_check CHECK ((cancel_asked_by = ANY (ARRAY['payer'::text, 'tenant'::text]))),
  constraint operations_check CHECK (((status = ANY (ARRAY['approved'::text, 'declined'::text, 'absent'::text])) = (resolved_at IS NOT NULL))),
  constraint operations_check1 CHECK (((status <> 'approved'::text) OR (processor_reference IS NOT NULL))),
  constraint operations_check2 CHECK (((sends = 0) = (sent_at IS NULL))),
  constraint operations_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint operations_inquiries_check CHECK ((inquiries >= 0)),
  constraint operations_kind_check CHECK ((kind = ANY (ARRAY['purchase'::text, 'auth'::text, 'complete'::text, 'refund'::text, 'validate'::text, 'void'::text]))),
  constraint operations_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 35))),
  constraint operations_sends_check CHECK ((sends >= 0)),
  constraint operations_status_check CHECK ((status = ANY (ARRAY['intended'::text, 'awaiting-payer'::text, 'unknown'::text, 'approved'::text, 'declined'::text, 'absent'::text])))
);
CREATE INDEX operations_by_payment ON public.operations USING btree (tenant_id, payment_id, created_at);
CREATE UNIQUE INDEX operations_by_processor_reference ON public.operations USING btree (tenant_id, connector, processor_reference) WHERE (status = 'approved'::text);
CREATE INDEX operations_ending ON public.operations USING btree (tenant_id, attempt_ends_at) WHERE ((status = ANY (ARRAY['intended'::text, 'awaiting-payer'::text, 'unknown'::text])) AND (attempt_ends_at IS NOT NULL));
CREATE UNIQUE INDEX operations_one_open_capture ON public.operations USING btree (tenant_id, payment_id) WHERE ((kind = 'complete'::text) AND (status = ANY (ARRAY['intended'::text, 'awaiting-payer'::text, 'unknown'::text])));
CREATE UNIQUE INDEX operations_one_open_charge ON public.operations USING btree (tenant_id, payment_id) WHERE ((kind = ANY (ARRAY['purchase'::text, 'auth'::text])) AND (status = ANY (ARRAY['intended'::text, 'awaiting-payer'::text, 'unknown'::text])));
CREATE INDEX operations_open ON public.operations USING btree (next_inquiry_at) WHERE (status = ANY (ARRAY['intended'::text, 'awaiting-payer'::text, 'unknown'::text]));

create table opt_outs (
  tenant_id uuid not null,
  medium text not null,
  digest bytea not null,
  created_at timestamp with time zone not null,
  constraint opt_outs_pkey PRIMARY KEY (tenant_id, medium, digest),
  constraint opt_outs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint opt_outs_digest_check CHECK ((octet_length(digest) = 32)),
  constraint opt_outs_medium_check CHECK ((medium = ANY (ARRAY['sms'::text, 'email'::text])))
);

create table orders (
  tenant_id uuid not null,
  id uuid not null,
  currency text not null,
  status text not null,
  split_parameters jsonb default '{}'::jsonb not null,
  split_tree_id text,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  shares jsonb default '[]'::jsonb not null,
  constraint orders_pkey PRIMARY KEY (tenant_id, id),
  constraint orders_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint orders_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint orders_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'split'::text, 'settled'::text])))
);
CREATE INDEX orders_by_age ON public.orders USING btree (tenant_id, created_at, id);

create table payee_consents (
  tenant_id uuid not null,
  payee_reference text not null,
  rail text not null,
  text text not null,
  given_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint payee_consents_pkey PRIMARY KEY (tenant_id, payee_reference, rail),
  constraint payee_consents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payee_consents_payee_reference_check CHECK (((length(payee_reference) >= 1) AND (length(payee_reference) <= 64))),
  constraint payee_consents_rail_check CHECK ((rail = 'virtual-card'::text))
);

create table payment_transitions (
  tenant_id uuid not null,
  payment_id uuid not null,
  version integer not null,
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamp with time zone not null,
  received bigint,
  received_total bigint,
  constraint payment_transitions_pkey PRIMARY KEY (tenant_id, payment_id, version),
  constraint payment_transitions_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint payment_transitions_check CHECK (((version = 1) = (from_status IS NULL))),
  constraint payment_transitions_check1 CHECK (((received IS NULL) = (received_total IS NULL))),
  constraint payment_transitions_received_check CHECK ((received >= 0)),
  constraint payment_transitions_received_total_check CHECK ((received_total >= 0)),
  constraint payment_transitions_version_check CHECK ((version > 0))
);
CREATE TRIGGER payment_transitions_insert_only BEFORE DELETE OR UPDATE ON public.payment_transitions FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table payments (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  link_id uuid,
  origin text not null,
  connector text not null,
  method text not null,
  status text not null,
  currency text not null,
  amount bigint not null,
  captured bigint default 0 not null,
  refunding bigint default 0 not null,
  refunded bigint default 0 not null,
  particulars jsonb not null,
  callback_url text,
  superseded boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  customer_id uuid,
  subscription_id uuid,
  capturing bigint default 0 not null,
  authorisation_ms integer,
  lapses_at timestamp with time zone,
  over_capture boolean default false not null,
  claim_id uuid,
  constraint payments_pkey PRIMARY KEY (tenant_id, id),
  constraint payments_tenant_id_claim_id_fkey FOREIGN KEY (tenant_id, claim_id) REFERENCES claims(tenant_id, id),
  constraint payments_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint payments_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payments_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES links(tenant_id, id),
  constraint payments_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  constraint payments_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions(tenant_id, id),
  constraint payments_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint payments_authorisation_ms_check CHECK ((authorisation_ms > 0)),
  constraint payments_captured_within CHECK (((captured >= 0) AND ((captured <= amount) OR over_capture))),
  constraint payments_capturing_authorised CHECK (((capturing = 0) OR (status = 'authorised'::text))),
  constraint payments_capturing_check CHECK ((capturing >= 0)),
  constraint payments_capturing_within CHECK (((capturing <= amount) OR over_capture)),
  constraint payments_check1 CHECK (((refunded + refunding) <= captured)),
  constraint payments_check2 CHECK (((status = 'completed'::text) = (captured > 0))),
  constraint payments_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payments_refunded_check CHECK ((refunded >= 0)),
  constraint payments_refunding_check CHECK ((refunding >= 0)),
  constraint payments_status_check CHECK ((status = ANY (ARRAY['initiated'::text, 'pending'::text, 'underfunded'::text, 'funded'::text, 'overfunded'::text, 'authorised'::text, 'completed'::text, 'validated'::text, 'declined'::text, 'aborted'::text, 'expired'::text, 'crashed'::text, 'stopped'::text, 'cancelled'::text])))
);
CREATE INDEX payments_by_age ON public.payments USING btree (tenant_id, created_at, id);
CREATE INDEX payments_by_claim ON public.payments USING btree (tenant_id, claim_id, created_at) WHERE (claim_id IS NOT NULL);
CREATE INDEX payments_by_customer ON public.payments USING btree (tenant_id, customer_id, created_at) WHERE (customer_id IS NOT NULL);
CREATE INDEX payments_by_link ON public.payments USING btree (tenant_id, link_id, created_at) WHERE (link_id IS NOT NULL);
CREATE INDEX payments_by_order ON public.payments USING btree (tenant_id, order_id, created_at);
CREATE INDEX payments_by_subscription ON public.payments USING btree (tenant_id, subscription_id, created_at) WHERE (subscription_id IS NOT NULL);
CREATE INDEX payments_lapsing ON public.payments USING btree (tenant_id, lapses_at) WHERE ((status = 'authorised'::text) AND (lapses_at IS NOT NULL));
CREATE UNIQUE INDEX payments_one_active_per_claim ON public.payments USING btree (tenant_id, claim_id) WHERE ((claim_id IS NOT NULL) AND (status = ANY (ARRAY['initiated'::text, 'pending'::text, 'authorised'::text])));
CREATE UNIQUE INDEX payments_one_active_per_link ON public.payments USING btree (tenant_id, link_id) WHERE ((link_id IS NOT NULL) AND (status = ANY (ARRAY['initiated'::text, 'pending'::text, 'authorised'::text])) AND (method <> 'deposit'::text));
CREATE UNIQUE INDEX payments_one_deposit_per_link ON public.payments USING btree (tenant_id, link_id) WHERE ((link_id IS NOT NULL) AND (status = ANY (ARRAY['initiated'::text, 'pending'::text, 'underfunded'::text, 'funded'::text, 'overfunded'::text])) AND (method = 'deposit'::text));
CREATE UNIQUE INDEX payments_one_success_per_claim ON public.payments USING btree (tenant_id, claim_id) WHERE ((claim_id IS NOT NULL) AND (status = 'completed'::text) AND (NOT superseded));
CREATE UNIQUE INDEX payments_one_success_per_link ON public.payments USING btree (tenant_id, link_id) WHERE ((link_id IS NOT NULL) AND (status = 'completed'::text) AND (NOT superseded));

create table payout_accounts (
  tenant_id uuid not null,
  id text not null,
  settings jsonb not null,
  bank_account_sealed text not null,
  prefunded boolean not null,
  available bigint default 0 not null,
  next_trace bigint not null,
  next_check bigint not null,
  next_interchange bigint default 1 not null,
  created_at timestamp with time zone not null,
  constraint payout_accounts_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payout_accounts_funds_check CHECK (((NOT prefunded) OR (available >= 0))),
  constraint payout_accounts_id_check CHECK ((id ~ '^[A-Za-z0-9._-]{1,64}$'::text)),
  constraint payout_accounts_next_check_check CHECK ((next_check > 0)),
  constraint payout_accounts_next_interchange_check CHECK ((next_interchange > 0)),
  constraint payout_accounts_next_trace_check CHECK ((next_trace > 0))
);

create table payout_approvals (
  tenant_id uuid not null,
  payout_id uuid not null,
  credential_id uuid not null,
  approver text not null,
  at timestamp with time zone not null,
  constraint payout_approvals_pkey PRIMARY KEY (tenant_id, payout_id, credential_id),
  constraint payout_approvals_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES payout_orders(tenant_id, id)
);

create table payout_attempts (
  tenant_id uuid not null,
  payout_id uuid not null,
  attempt integer not null,
  account_id text not null,
  rail text not null,
  amount bigint not null,
  funded boolean default false not null,
  declined boolean default false not null,
  cleared bigint default 0 not null,
  voided bigint default 0 not null,
  trace_number text,
  instrument text,
  card_last4 text,
  cut_at timestamp with time zone,
  effective_date date,
  file_id uuid,
  stop_at timestamp with time zone,
  stop_file_id uuid,
  returned_code text,
  returned_at timestamp with time zone,
  correction jsonb,
  started_at timestamp with time zone not null,
  documented_at timestamp with time zone,
  voided_at timestamp with time zone,
  remittance_sealed text,
  constraint payout_attempts_pkey PRIMARY KEY (tenant_id, payout_id, attempt),
  constraint payout_attempts_tenant_id_account_id_rail_instrument_key UNIQUE (tenant_id, account_id, rail, instrument),
  constraint payout_attempts_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_attempts_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES payout_files(tenant_id, id),
  constraint payout_attempts_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES payout_orders(tenant_id, id),
  constraint payout_attempts_tenant_id_stop_file_id_fkey FOREIGN KEY (tenant_id, stop_file_id) REFERENCES payout_files(tenant_id, id),
  constraint payout_attempts_amount_check CHECK ((amount > 0)),
  constraint payout_attempts_attempt_check CHECK ((attempt > 0)),
  constraint payout_attempts_balance_check CHECK (((cleared + voided) <= amount)),
  constraint payout_attempts_card_last4_check CHECK ((card_last4 ~ '^[0-9]{4}$'::text)),
  constraint payout_attempts_check CHECK (((voided > 0) = (voided_at IS NOT NULL))),
  constraint payout_attempts_cleared_check CHECK ((cleared >= 0)),
  constraint payout_attempts_rail_check CHECK ((rail = ANY (ARRAY['ach'::text, 'check'::text, 'virtual-card'::text]))),
  constraint payout_attempts_voided_check CHECK ((voided >= 0))
);
CREATE INDEX payout_attempts_by_file ON public.payout_attempts USING btree (tenant_id, file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX payout_attempts_filed ON public.payout_attempts USING btree (tenant_id, account_id, rail) WHERE (file_id IS NOT NULL);
CREATE INDEX payout_attempts_uncut ON public.payout_attempts USING btree (tenant_id, cut_at) WHERE ((file_id IS NULL) AND (instrument IS NOT NULL) AND (voided_at IS NULL));
CREATE INDEX payout_attempts_unstopped ON public.payout_attempts USING btree (tenant_id, stop_at) WHERE ((stop_at IS NOT NULL) AND (stop_file_id IS NULL));

create table payout_batches (
  tenant_id uuid not null,
  id uuid not null,
  account_id text not null,
  sub_account_id text,
  reference text not null,
  input_hash bytea not null,
  expected_total bigint,
  expected_count integer,
  status text not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  funding_type text not null,
  total bigint default 0 not null,
  payouts integer default 0 not null,
  constraint payout_batches_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_batches_tenant_id_reference_key UNIQUE (tenant_id, reference),
  constraint payout_batches_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_batches_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payout_batches_expected_count_check CHECK ((expected_count >= 0)),
  constraint payout_batches_expected_total_check CHECK ((expected_total > 0)),
  constraint payout_batches_payouts_check CHECK ((payouts >= 0)),
  constraint payout_batches_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 64))),
  constraint payout_batches_status_check CHECK ((status = ANY (ARRAY['created'::text, 'held'::text, 'funding'::text, 'processing'::text, 'completed'::text, 'cancelled'::text]))),
  constraint payout_batches_total_check CHECK ((total >= 0))
);
CREATE INDEX payout_batches_by_age ON public.payout_batches USING btree (tenant_id, created_at, id);
CREATE INDEX payout_batches_open ON public.payout_batches USING btree (tenant_id, id) WHERE (status = ANY (ARRAY['held'::text, 'funding'::text, 'processing'::text]));

create table payout_files (
  tenant_id uuid not null,
  id uuid not null,
  account_id text not null,
  rail text not null,
  status text not null,
  file_name text not null,
  entries integer not null,
  tries integer default 0 not null,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  content_sealed text,
  constraint payout_files_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_files_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_files_check CHECK (((status = 'accepted'::text) = (accepted_at IS NOT NULL))),
  constraint payout_files_content_check CHECK (((status <> 'cut'::text) OR (content_sealed IS NOT NULL))),
  constraint payout_files_entries_check CHECK ((entries > 0)),
  constraint payout_files_rail_check CHECK ((rail = ANY (ARRAY['ach'::text, 'check'::text, 'virtual-card'::text]))),
  constraint payout_files_status_check CHECK ((status = ANY (ARRAY['cut'::text, 'accepted'::text, 'refused'::text]))),
  constraint payout_files_tries_check CHECK ((tries >= 0))
);
CREATE INDEX payout_files_by_account ON public.payout_files USING btree (tenant_id, account_id, rail, created_at);
CREATE INDEX payout_files_waiting ON public.payout_files USING btree (tenant_id, created_at) WHERE (status = 'cut'::text);

create table payout_fundings (
  tenant_id uuid not null,
  account_id text not null,
  reference text not null,
  amount bigint not null,
  at timestamp with time zone not null,
  constraint payout_fundings_pkey PRIMARY KEY (tenant_id, account_id, reference),
  constraint payout_fundings_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_fundings_amount_check CHECK ((amount > 0))
);

create table payout_news (
  tenant_id uuid not null,
  account_id text not null,
  rail text not null,
  sequence bigint not null,
  instrument text not null,
  kind text not null,
  amount bigint,
  code text,
  applied boolean not null,
  at timestamp with time zone not null,
  detail_sealed text,
  corrected_last4 text,
  constraint payout_news_pkey PRIMARY KEY (tenant_id, account_id, rail, sequence),
  constraint payout_news_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_news_corrected_last4_check CHECK ((length(corrected_last4) <= 4)),
  constraint payout_news_kind_check CHECK ((kind = ANY (ARRAY['issued'::text, 'cleared'::text, 'returned'::text, 'corrected'::text, 'refused'::text])))
);
CREATE INDEX payout_news_corrections ON public.payout_news USING btree (tenant_id, account_id, rail, instrument) WHERE (kind = 'corrected'::text);

create table payout_orders (
  tenant_id uuid not null,
  id uuid not null,
  account_id text not null,
  batch_id uuid,
  reference text not null,
  input_hash bytea not null,
  amount bigint not null,
  status text not null,
  attempt integer default 1 not null,
  ordered jsonb not null,
  payer jsonb not null,
  payee_account_sealed text,
  created_by uuid,
  version integer default 1 not null,
  due_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint payout_orders_pkey PRIMARY KEY (tenant_id, id),
  constraint payout_orders_tenant_id_reference_key UNIQUE (tenant_id, reference),
  constraint payout_orders_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES payout_accounts(tenant_id, id),
  constraint payout_orders_tenant_id_batch_id_fkey FOREIGN KEY (tenant_id, batch_id) REFERENCES payout_batches(tenant_id, id),
  constraint payout_orders_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payout_orders_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint payout_orders_attempt_check CHECK ((attempt > 0)),
  constraint payout_orders_reference_check CHECK (((length(reference) >= 1) AND (length(reference) <= 46))),
  constraint payout_orders_status_check CHECK ((status = ANY (ARRAY['created'::text, 'held'::text, 'loading'::text, 'documents-generating'::text, 'remittance-requested'::text, 'documents-distributing'::text, 'distribution-assigned'::text, 'requested'::text, 'sent'::text, 'completed'::text, 'voided'::text, 'reissuing'::text, 'failed'::text])))
);
CREATE INDEX payout_orders_by_age ON public.payout_orders USING btree (tenant_id, created_at, id);
CREATE INDEX payout_orders_by_batch ON public.payout_orders USING btree (tenant_id, batch_id, created_at, id) WHERE (batch_id IS NOT NULL);
CREATE INDEX payout_orders_due ON public.payout_orders USING btree (tenant_id, due_at) WHERE (due_at IS NOT NULL);

create table payout_transitions (
  tenant_id uuid not null,
  payout_id uuid not null,
  version integer not null,
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint payout_transitions_pkey PRIMARY KEY (tenant_id, payout_id, version),
  constraint payout_transitions_tenant_id_payout_id_fkey FOREIGN KEY (tenant_id, payout_id) REFERENCES payout_orders(tenant_id, id),
  constraint payout_transitions_check CHECK (((version = 1) = (from_status IS NULL))),
  constraint payout_transitions_version_check CHECK ((version > 0))
);
CREATE TRIGGER payout_transitions_insert_only BEFORE DELETE OR UPDATE ON public.payout_transitions FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table payouts (
  tenant_id uuid not null,
  id uuid not null,
  disbursement_id uuid not null,
  recipient_type text not null,
  merchant_id uuid,
  currency text not null,
  amount bigint not null,
  completed_at timestamp with time zone not null,
  constraint payouts_pkey PRIMARY KEY (tenant_id, id),
  constraint payouts_tenant_id_disbursement_id_fkey FOREIGN KEY (tenant_id, disbursement_id) REFERENCES disbursements(tenant_id, id),
  constraint payouts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint payouts_tenant_id_merchant_id_fkey FOREIGN KEY (tenant_id, merchant_id) REFERENCES merchants(tenant_id, id),
  constraint payouts_check CHECK (((recipient_type = 'merchant'::text) = (merchant_id IS NOT NULL))),
  constraint payouts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint payouts_recipient_type_check CHECK ((recipient_type = ANY (ARRAY['tenant'::text, 'merchant'::text, 'payment_facilitator'::text])))
);
CREATE INDEX payouts_by_age ON public.payouts USING btree (tenant_id, completed_at, id);
CREATE UNIQUE INDEX payouts_one_per_recipient ON public.payouts USING btree (tenant_id, disbursement_id, recipient_type, merchant_id) NULLS NOT DISTINCT;

create table postransactions (
  tenant_id uuid not null,
  id bigint generated by default as identity not null,
  link_id uuid not null,
  external_id uuid not null,
  department_id bigint not null,
  creator_id bigint,
  client_id bigint not null,
  invoice_id bigint,
  prepayment text,
  unsendable boolean default false not null,
  refunded_id bigint,
  refund_operation_id uuid,
  aborted_at timestamp with time zone,
  created_at timestamp with time zone not null,
  modified_at timestamp with time zone not null,
  constraint postransactions_pkey PRIMARY KEY (tenant_id, id),
  constraint postransactions_tenant_id_link_id_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES links(tenant_id, id),
  constraint postransactions_tenant_id_refund_operation_id_fkey FOREIGN KEY (tenant_id, refund_operation_id) REFERENCES operations(tenant_id, id),
  constraint postransactions_tenant_id_refunded_id_fkey FOREIGN KEY (tenant_id, refunded_id) REFERENCES postransactions(tenant_id, id),
  constraint postransactions_check CHECK (((invoice_id IS NULL) <> (prepayment IS NULL))),
  constraint postransactions_check1 CHECK (((refunded_id IS NULL) = (refund_operation_id IS NULL)))
);
CREATE INDEX postransactions_by_age ON public.postransactions USING btree (tenant_id, created_at, id);
CREATE INDEX postransactions_by_department ON public.postransactions USING btree (tenant_id, department_id, id) INCLUDE (created_at);
CREATE INDEX postransactions_by_invoice ON public.postransactions USING btree (tenant_id, invoice_id) WHERE (invoice_id IS NOT NULL);
CREATE UNIQUE INDEX postransactions_by_link ON public.postransactions USING btree (tenant_id, link_id) WHERE (refunded_id IS NULL);
CREATE UNIQUE INDEX postransactions_by_refund ON public.postransactions USING btree (tenant_id, refund_operation_id) WHERE (refund_operation_id IS NOT NULL);

create table practice_import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  external_id text not null,
  line integer not null,
  fields jsonb not null,
  refers_to jsonb not null,
  constraint practice_import_rows_pkey PRIMARY KEY (tenant_id, import_id, external_id, line),
  constraint practice_import_rows_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES practice_imports(tenant_id, id) ON DELETE CASCADE,
  constraint practice_import_rows_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 100))),
  constraint practice_import_rows_line_check CHECK ((line > 0))
);

create table practice_imports (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  started_at timestamp with time zone not null,
  constraint practice_imports_pkey PRIMARY KEY (tenant_id, id),
  constraint practice_imports_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint practice_imports_kind_check CHECK ((kind = ANY (ARRAY['department'::text, 'user'::text, 'client'::text, 'phonenumber'::text, 'paymentmethod'::text, 'invoice'::text])))
);
CREATE INDEX practice_imports_by_start ON public.practice_imports USING btree (started_at);

create table practice_objects (
  tenant_id uuid not null,
  id bigint generated by default as identity not null,
  kind text not null,
  external_id text not null,
  fields jsonb not null,
  created_at timestamp with time zone not null,
  modified_at timestamp with time zone not null,
  constraint practice_objects_pkey PRIMARY KEY (tenant_id, kind, id),
  constraint practice_objects_tenant_id_kind_external_id_key UNIQUE (tenant_id, kind, external_id),
  constraint practice_objects_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint practice_objects_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 100))),
  constraint practice_objects_kind_check CHECK ((kind = ANY (ARRAY['department'::text, 'user'::text, 'client'::text, 'phonenumber'::text, 'paymentmethod'::text, 'invoice'::text])))
);
CREATE INDEX practice_phones_by_client ON public.practice_objects USING btree (tenant_id, ((fields ->> 'clientId'::text))) WHERE (kind = 'phonenumber'::text);

create table practice_payers (
  tenant_id uuid not null,
  client_id bigint not null,
  kind text default 'client'::text not null,
  customer_id uuid not null,
  constraint practice_payers_pkey PRIMARY KEY (tenant_id, client_id),
  constraint practice_payers_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint practice_payers_tenant_id_kind_client_id_fkey FOREIGN KEY (tenant_id, kind, client_id) REFERENCES practice_objects(tenant_id, kind, id),
  constraint practice_payers_kind_check CHECK ((kind = 'client'::text))
);

create table refresh_tokens (
  tenant_id uuid not null,
  digest bytea not null,
  grant_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint refresh_tokens_pkey PRIMARY KEY (digest),
  constraint refresh_tokens_tenant_id_grant_id_fkey FOREIGN KEY (tenant_id, grant_id) REFERENCES grants(tenant_id, id),
  constraint refresh_tokens_digest_check CHECK ((octet_length(digest) = 32))
);
CREATE INDEX refresh_tokens_by_end ON public.refresh_tokens USING btree (expires_at);
CREATE INDEX refresh_tokens_by_grant ON public.refresh_tokens USING btree (tenant_id, grant_id);

create table schema_migrations (
  number integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table signing_keys (
  id uuid not null,
  purpose text not null,
  published text not null,
  private_key_sealed text not null,
  created_at timestamp with time zone not null,
  active_at timestamp with time zone not null,
  constraint signing_keys_pkey PRIMARY KEY (id),
  constraint signing_keys_purpose_active_at_key UNIQUE (purpose, active_at),
  constraint signing_keys_purpose_check CHECK ((purpose = ANY (ARRAY['claim-token'::text, 'claim-callback'::text])))
);

create table subscription_attempts (
  tenant_id uuid not null,
  subscription_id uuid not null,
  cycle integer not null,
  attempt integer not null,
  payment_id uuid not null,
  status text not null,
  at timestamp with time zone not null,
  constraint subscription_attempts_pkey PRIMARY KEY (tenant_id, subscription_id, cycle, attempt),
  constraint subscription_attempts_tenant_id_payment_id_key UNIQUE (tenant_id, payment_id),
  constraint subscription_attempts_tenant_id_payment_id_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments(tenant_id, id),
  constraint subscription_attempts_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions(tenant_id, id),
  constraint subscription_attempts_attempt_check CHECK ((attempt > 0)),
  constraint subscription_attempts_cycle_check CHECK ((cycle >= 0)),
  constraint subscription_attempts_status_check CHECK ((status = ANY (ARRAY['open'::text, 'paid'::text, 'failed'::text, 'surplus'::text])))
);
CREATE UNIQUE INDEX subscription_attempts_one_open ON public.subscription_attempts USING btree (tenant_id, subscription_id) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX subscription_attempts_one_per_cycle ON public.subscription_attempts USING btree (tenant_id, subscription_id, cycle) WHERE (status = ANY (ARRAY['open'::text, 'paid'::text]));

create table subscription_transitions (
  tenant_id uuid not null,
  subscription_id uuid not null,
  version integer not null,
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint subscription_transitions_pkey PRIMARY KEY (tenant_id, subscription_id, version),
  constraint subscription_transitions_tenant_id_subscription_id_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions(tenant_id, id),
  constraint subscription_transitions_check CHECK (((version = 1) = (from_status IS NULL))),
  constraint subscription_transitions_version_check CHECK ((version > 0))
);
CREATE INDEX subscription_transitions_by_time ON public.subscription_transitions USING btree (tenant_id, at);
CREATE TRIGGER subscription_transitions_insert_only BEFORE DELETE OR UPDATE ON public.subscription_transitions FOR EACH ROW EXECUTE FUNCTION refuse_change();

create table subscriptions (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  order_id uuid not null,
  card_id uuid,
  token text not null,
  origin text not null,
  status text not null,
  description text not null,
  every text not null,
  interval_count integer not null,
  currency text not null,
  amount bigint not null,
  initial_amount bigint,
  auto_renew boolean not null,
  redirect_url text,
  zone text not null,
  anchor_at timestamp with time zone,
  next_cycle integer default 0 not null,
  strikes integer default 0 not null,
  due_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint subscriptions_pkey PRIMARY KEY (tenant_id, id),
  constraint subscriptions_tenant_id_card_id_fkey FOREIGN KEY (tenant_id, card_id) REFERENCES cards(tenant_id, id),
  constraint subscriptions_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, id),
  constraint subscriptions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint subscriptions_tenant_id_order_id_fkey FOREIGN KEY (tenant_id, order_id) REFERENCES orders(tenant_id, id),
  constraint subscriptions_amount_check CHECK (((amount > 0) AND (amount <= '1000000000000'::bigint))),
  constraint subscriptions_check CHECK (((status = ANY (ARRAY['new'::text, 'cancelled'::text])) OR ((anchor_at IS NOT NULL) AND (card_id IS NOT NULL)))),
  constraint subscriptions_check1 CHECK (((due_at IS NULL) OR (status = 'active'::text))),
  constraint subscriptions_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint subscriptions_every_check CHECK ((every = ANY (ARRAY['daily'::text, 'weekly'::text, 'fortnightly'::text, 'monthly'::text, 'quarterly'::text, 'yearly'::text]))),
  constraint subscriptions_initial_amount_check CHECK (((initial_amount >= 0) AND (initial_amount <= '1000000000000'::bigint))),
  constraint subscriptions_interval_count_check CHECK ((interval_count > 0)),
  constraint subscriptions_next_cycle_check CHECK ((next_cycle >= 0)),
  constraint subscriptions_status_check CHECK ((status = ANY (ARRAY['new'::text, 'active'::text, 'suspended'::text, 'cancelled'::text, 'completed'::text]))),
  constraint subscriptions_strikes_check CHECK (((strikes >= 0) AND (strikes <= 3))),
  constraint subscriptions_token_check CHECK ((length(token) >= 22))
);
CREATE INDEX subscriptions_by_age ON public.subscriptions USING btree (tenant_id, created_at);
CREATE INDEX subscriptions_by_card ON public.subscriptions USING btree (tenant_id, card_id) WHERE (card_id IS NOT NULL);
CREATE INDEX subscriptions_by_customer ON public.subscriptions USING btree (tenant_id, customer_id, created_at);
CREATE UNIQUE INDEX subscriptions_by_token ON public.subscriptions USING btree (token);
CREATE INDEX subscriptions_due ON public.subscriptions USING btree (tenant_id, due_at) WHERE (due_at IS NOT NULL);

create table tenants (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  mode text not null,
  country text not null,
  zone text not null,
  clock_offset_ms bigint default 0 not null,
  settings jsonb default '{}'::jsonb not null,
  callback_public_key text,
  callback_private_key_sealed text,
  created_at timestamp with time zone not null,
  constraint tenants_pkey PRIMARY KEY (id),
  constraint tenants_check CHECK (((mode = 'test'::text) OR (clock_offset_ms = 0))),
  constraint tenants_clock_offset_ms_check CHECK ((clock_offset_ms >= 0)),
  constraint tenants_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint tenants_mode_check CHECK ((mode = ANY (ARRAY['test'::text, 'live'::text]))),
  constraint tenants_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

create table upload_pieces (
  tenant_id uuid not null,
  upload_id uuid not null,
  ordinal integer not null,
  ciphertext bytea not null,
  constraint upload_pieces_pkey PRIMARY KEY (tenant_id, upload_id, ordinal),
  constraint upload_pieces_tenant_id_upload_id_fkey FOREIGN KEY (tenant_id, upload_id) REFERENCES uploads(tenant_id, id),
  constraint upload_pieces_ordinal_check CHECK ((ordinal >= 0))
);

create table upload_totals (
  tenant_id uuid not null,
  bytes bigint not null,
  constraint upload_totals_pkey PRIMARY KEY (tenant_id),
  constraint upload_totals_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint upload_totals_bytes_check CHECK ((bytes >= 0))
);

create table uploads (
  tenant_id uuid not null,
  id uuid not null,
  claim_id uuid not null,
  kind text not null,
  uploaded_by text not null,
  bytes integer not null,
  key_sealed text not null,
  nonce bytea not null,
  tag bytea not null,
  created_at timestamp with time zone not null,
  constraint uploads_pkey PRIMARY KEY (tenant_id, id),
  constraint uploads_tenant_id_claim_id_fkey FOREIGN KEY (tenant_id, claim_id) REFERENCES claims(tenant_id, id),
  constraint uploads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  constraint uploads_bytes_check CHECK (((bytes >= 1) AND (bytes <= 10485760))),
  constraint uploads_kind_check CHECK ((kind = ANY (ARRAY['other'::text, 'invoice'::text, 'prescription'::text, 'certificate'::text, 'test-result'::text]))),
  constraint uploads_nonce_check CHECK ((octet_length(nonce) = 12)),
  constraint uploads_tag_check CHECK ((octet_length(tag) = 16)),
  constraint uploads_uploaded_by_check CHECK ((uploaded_by = ANY (ARRAY['merchant'::text, 'payer'::text])))
);
CREATE INDEX uploads_by_claim ON public.uploads USING btree (tenant_id, claim_id, created_at);

CREATE OR REPLACE FUNCTION public.check_allocations()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select 1 from payments p where p.tenant_id = new.tenant_id and p.id = new.payment_id
      and p.captured - p.refunded <> (select sum(a.amount) from allocations a
        where a.tenant_id = new.tenant_id and a.payment_id = new.payment_id)) then
    raise exception 'the allocations of payment % are not what is left of it', new.payment_id using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_entries_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  posting uuid;
begin
  select e.transaction_id into posting from added e
  group by e.tenant_id, e.transaction_id, e.currency having sum(e.amount) <> 0 limit 1;
  if found then
    raise exception 'posting % does not balance', posting using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_postings_have_entries()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
declare
  posting uuid;
begin
  select t.id into posting from added t
  where (select 1 from ledger_entries e where e.tenant_id = t.tenant_id and e.transaction_id = t.id limit 1) is null limit 1;
  if found then
    raise exception 'posting % has no entries', posting using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'integrity_constraint_violation';
end $function$;
