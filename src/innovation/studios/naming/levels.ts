import type { UnionKind, UnionNode } from '../../../unions/union-node.entity.ts';
import type { NamingLevel } from './naming.entity.ts';

/** What kind of union gives names of a level. Those of the nation are applied for by way of the top of the tree. */
const GIVEN_BY: Record<Exclude<NamingLevel, 'nation'>, readonly UnionKind[]> = {
  firm: ['enterprise', 'grass-roots'],
  city: ['city'],
  province: ['province'],
};

/** Whether a union may give names of a level. */
export function mayName({ kind, parentId }: Pick<UnionNode, 'kind' | 'parentId'>, level: NamingLevel): boolean {
  return level === 'nation' ? parentId === null : GIVEN_BY[level].includes(kind);
}

/** A level as notices say it. */
export const LEVEL_IN_WORDS: Record<NamingLevel, string> = {
  firm: '企业级',
  city: '市级',
  province: '省级',
  nation: '国家级',
};
