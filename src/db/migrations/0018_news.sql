-- What a bank says in detail may be a payee's new account number (a notification of change): it is kept sealed, like the
-- number that was ordered. What stood in plain is cleared, but for the end by which a payer knows which account is meant.
alter table payout_news add column detail_sealed text;
alter table payout_news add column corrected_last4 text check (length(corrected_last4) <= 4);
update payout_news set corrected_last4 = right(detail->>'corrected', 4) where detail->>'corrected' is not null;
alter table payout_news drop column detail;

-- A card's issuer tells under which number the card was made, the end of it.
alter table payout_news drop constraint payout_news_kind_check;
alter table payout_news add constraint payout_news_kind_check
  check (kind in ('issued', 'cleared', 'returned', 'corrected', 'refused'));
create index payout_news_corrections on payout_news (tenant_id, account_id, rail, instrument) where kind = 'corrected';
