import type { Facade, Route } from './facade.ts';

const openApi: Pick<Route, 'method' | 'path' | 'movesMoney'> = { method: 'GET', path: '/openapi.json' };

/** Answers, for an address as it was asked for, the methods the façade's table has on it; none for an unknown path. */
export function methodsByPath({ prefix, routes }: Facade): (url: string) => string[] {
  const rows = [openApi, ...routes].map(({ method, path, movesMoney }) => ({
    methods: method === 'GET' && movesMoney === undefined ? ['GET', 'HEAD'] : [method],
    segments: (prefix + path).split('/'),
  }));
  return (url) => {
    const [path = ''] = url.split('?', 1);
    const asked = path.split('/');
    return rows.filter(({ segments }) => fits(segments, asked)).flatMap(({ methods }) => methods);
  };
}

function fits(segments: readonly string[], asked: readonly string[]): boolean {
  return (
    segments.length === asked.length &&
    segments.every((segment, at) => (segment.startsWith(':') ? asked[at] !== '' : segment === asked[at]))
  );
}
