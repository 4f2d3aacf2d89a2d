/** Which of our payment methods a provider and method of the Ping dialect stand for (facts A4, A7). */

const methods: Readonly<Record<string, string>> = {
  'verifone/card': 'card',
  'payment_iq/card': 'card',
  'dummy/dummy': 'dummy',
  'ping/deposit': 'deposit',
  'swish/mobile': 'swish',
  'swish/m_commerce': 'swish',
  'swish/e_commerce': 'swish',
};

/** Our name for it; a pair we do not serve keeps a name that no tenant has a connector for. */
export function methodOf(provider: string, method: string): string {
  return methods[`${provider}/${method}`] ?? `${provider}/${method}`;
}

/** The pairs of provider and method for which there is a connector. */
export function methodsServed(
  connectors: Readonly<Record<string, string>>,
): { provider: string; method: string }[] {
  return Object.entries(methods)
    .filter(([, ours]) => connectors[ours] !== undefined)
    .map(([pair]) => {
      const [provider = '', method = ''] = pair.split('/');
      return { provider, method };
    });
}
