import type { Card } from '#core/cards/card.ts';
import type { Customer } from '#core/customers/customer.ts';

export function writeClient(customer: Customer) {
  const { address } = customer;
  return {
    Id: customer.id,
    FirstName: customer.firstName,
    LastName: customer.lastName,
    Phone: customer.phone,
    Email: customer.email,
    Address: {
      Line1: address?.Line1 ?? null,
      Line2: address?.Line2 ?? null,
      Suburb: address?.Suburb ?? null,
      State: address?.State ?? null,
      Postcode: address?.Postcode ?? null,
      Country: address?.Country ?? null,
    },
  };
}

export function writePaymentMethod(card: Card) {
  return {
    Id: card.id,
    Description: `${card.brand ?? 'Card'} ending in ${card.maskedNumber?.slice(-2) ?? '??'}`,
    MaskedCardNumber: card.maskedNumber,
    CardType: card.brand,
    ExpiryDate: card.expiry,
    CreatedOn: (card.storedAt ?? card.createdAt).toISOString(),
    DeletedOn: card.deletedAt?.toISOString() ?? null,
    ClientId: card.customerId,
    CardHolderName: card.holderName,
    Consent: { Text: card.consent, On: (card.storedAt ?? card.createdAt).toISOString() },
  };
}
