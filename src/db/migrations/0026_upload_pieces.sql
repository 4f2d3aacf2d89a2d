-- Ciphertext does not get smaller: the store need not try.
alter table upload_pieces alter column ciphertext set storage external;
