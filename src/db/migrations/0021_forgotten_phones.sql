-- A payer's phone number is told to the processor, and is nobody's business once the movement is over.

update operations set parameters = parameters - 'phone_number' where resolved_at is not null and parameters ? 'phone_number';
