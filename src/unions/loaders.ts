import DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { type PageLoaders, pageLoaders } from '../platform/db/loaders.ts';
import type { Deps } from '../platform/deps.ts';
import type { Member } from './member.entity.ts';
import type { Programme } from './programme.entity.ts';
import { childUnions, findMembers, findProgrammes, findUnions, programmesOfMember } from './queries.ts';
import { tagsOf } from './tags.ts';
import type { UnionNode } from './union-node.entity.ts';
import { WechatBinding } from './wechat-binding.entity.ts';

/** Unions by id, for `loader(context, unionLoader)`; null for an id of no union. */
export function unionLoader({ db }: Deps): DataLoader<string, UnionNode | null> {
  return byId(db.manager, findUnions);
}

/** Programmes by id; null for an id of no programme. */
export function programmeLoader({ db }: Deps): DataLoader<string, Programme | null> {
  return byId(db.manager, findProgrammes);
}

/** Members by id; null for an id of no member. */
export function memberLoader({ db }: Deps): DataLoader<string, Member | null> {
  return byId(db.manager, findMembers);
}

/** The programmes that cover a member, by the member's id. */
export function programmesOfMemberLoader({ db }: Deps): DataLoader<string, Programme[]> {
  return new DataLoader(async (memberIds) => {
    const programmes = await programmesOfMember(db.manager, memberIds);
    return memberIds.map((id) => programmes.get(id) ?? []);
  });
}

/** When a member was bound to a WeChat account, by the member's id; null for one who is not. */
export function boundAtLoader({ db }: Deps): DataLoader<string, Date | null> {
  return new DataLoader(async (memberIds) => {
    const bindings = await db.manager.find(WechatBinding, { where: { memberId: In([...memberIds]) } });
    const found = new Map(bindings.map((binding) => [binding.memberId, binding.boundAt]));
    return memberIds.map((id) => found.get(id) ?? null);
  });
}

/** A member's tags, in order, by the member's id. */
export function tagsLoader({ db }: Deps): DataLoader<string, string[]> {
  return new DataLoader(async (memberIds) => {
    const tags = await tagsOf(db.manager, memberIds);
    return memberIds.map((id) => tags.get(id) ?? []);
  });
}

/** Pages of children by the parent's id: a loader for each page asked, so that one statement serves a whole list. */
export function childrenLoaders({ db }: Deps): PageLoaders<UnionNode> {
  return pageLoaders(db.manager, childUnions);
}

function byId<T extends { id: string }>(
  db: EntityManager,
  find: (db: EntityManager, ids: readonly string[]) => Promise<T[]>,
): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await find(db, ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
