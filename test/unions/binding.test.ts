import { expect, onTestFinished, test } from 'vitest';
import { authenticate } from '../../src/identity/authenticate.ts';
import { createLimits } from '../../src/identity/limits.ts';
import { makeBindingToken } from '../../src/identity/tokens.ts';
import { bindByPhone, bindByStaffNumber } from '../../src/unions/bind-member.ts';
import { loadMembers } from '../../src/unions/load-members.ts';
import { signInForDevelopment } from '../../src/unions/sign-in-for-development.ts';
import { signInMember } from '../../src/unions/sign-in-member.ts';
import { unbindMember } from '../../src/unions/unbind-member.ts';
import { type TestDeps, testConfig, workerDatabase } from '../support/deps.ts';
import { WechatStandIn } from '../support/wechat-stand-in.ts';
import { accepted, aKey, aMember, anAdmin, aTree, auditTrail, refused } from './tree.ts';

const WANG = { name: '王小明', staffNumber: 'E1', phone: '13812341234', idNumber: '11010119900307001X' };
const details = { name: '王小明', staffNumber: 'E1', idNumberEnd: '001x' };

async function aRoster() {
  const tree = await aTree();
  const wechat = new WechatStandIn();
  const config = testConfig(workerDatabase(), { WECHAT_BASE_URL: await wechat.start() });
  onTestFinished(() => wechat.stop());
  const deps = { ...tree.deps, config };
  const wang = await aMember(deps, tree.eastWorks, WANG);
  await aMember(deps, tree.eastWorks, { name: '李雷', staffNumber: 'E2', phone: '13900000000' });
  const from = { limits: createLimits(undefined), ip: '10.0.0.1' };
  const token = (openid: string) => makeBindingToken(deps.config, openid, deps.clock.now());
  const byStaffNumber = async (openid: string, given: typeof details) =>
    bindByStaffNumber(deps, from, { bindingToken: await token(openid), ...given });
  const byPhone = async (openid: string, phone: string) =>
    bindByPhone(deps, { bindingToken: await token(openid), phoneCode: wechat.phoneCode(phone) });
  return { ...tree, deps, wechat, wang, from, token, byStaffNumber, byPhone };
}

const bindings = ({ db }: TestDeps) => db.query('SELECT openid, member_id FROM wechat_binding ORDER BY openid');
const sessions = ({ db }: TestDeps) => db.query('SELECT id FROM session');
const whoIs = (deps: TestDeps, { accessToken }: { accessToken: string }) =>
  authenticate(deps, 'member', `Bearer ${accessToken}`, loadMembers);

test('a WeChat account that is bound to nobody gets a binding token and no session', async () => {
  const { deps, wechat } = await aRoster();
  const signedIn = await signInMember(deps, { code: wechat.loginCode('oA') });
  expect(signedIn).toEqual({ ok: true, value: { bindingToken: expect.any(String) } });
  expect(await sessions(deps)).toEqual([]);
});

test('a member binds by the phone number that WeChat has verified, and from then on signs in with WeChat', async () => {
  const { deps, wang, wechat } = await aRoster();
  const first = accepted(await signInMember(deps, { code: wechat.loginCode('oA') }));
  if (!('bindingToken' in first)) throw new Error('was bound already');
  const phoneCode = wechat.phoneCode(WANG.phone);
  const bound = accepted(await bindByPhone(deps, { bindingToken: first.bindingToken, phoneCode }));
  expect(await whoIs(deps, bound)).toMatchObject({ memberId: wang });
  const again = accepted(await signInMember(deps, { code: wechat.loginCode('oA') }));
  if (!('tokens' in again)) throw new Error('was not bound');
  expect(await whoIs(deps, again.tokens)).toMatchObject({ memberId: wang });
  expect(await bindings(deps)).toEqual([{ openid: 'oA', member_id: wang }]);
});

test('a binding by phone whose answer was lost signs in when it is sent again as it was', async () => {
  const { deps, wang, token, wechat } = await aRoster();
  const request = { bindingToken: await token('oA'), phoneCode: wechat.phoneCode(WANG.phone) };
  accepted(await bindByPhone(deps, request));
  expect(await whoIs(deps, accepted(await bindByPhone(deps, request)))).toMatchObject({ memberId: wang });
  // Without a binding a spent code is worth nothing.
  expect(await bindByPhone(deps, { ...request, bindingToken: await token('oB') })).toMatchObject(
    refused('WECHAT_CODE_UNUSABLE'),
  );
});

test('a member binds by staff number, name and the end of the ID number, however they are typed, and may send it again', async () => {
  const { deps, wang, byStaffNumber } = await aRoster();
  accepted(await byStaffNumber('oA', { name: ' 王小明', staffNumber: 'Ｅ１ ', idNumberEnd: '００1X' }));
  const bound = accepted(await byStaffNumber('oA', details));
  expect(await whoIs(deps, bound)).toMatchObject({ memberId: wang });
  expect(await bindings(deps)).toEqual([{ openid: 'oA', member_id: wang }]);
});

test('whatever does not fit gets one and the same refusal, and binds nothing', async () => {
  const { deps, eastWorks, westWorks, byStaffNumber, byPhone } = await aRoster();
  await aMember(deps, eastWorks, { name: '赵四', staffNumber: 'E4', idNumber: '110101199003070028', state: 'left' });
  // Two people whom the details cannot tell apart.
  for (const [i, unionId] of [eastWorks, westWorks].entries())
    await aMember(deps, unionId, { name: '孙五', staffNumber: 'E5', idNumber: `${11010119900307 + i}0011` });
  const outcomes = [
    await byStaffNumber('o1', { ...details, staffNumber: 'E9' }),
    await byStaffNumber('o2', { ...details, name: '王大明' }),
    await byStaffNumber('o3', { ...details, idNumberEnd: '0011' }),
    await byStaffNumber('o4', { ...details, idNumberEnd: '' }),
    await byStaffNumber('o5', { name: '李雷', staffNumber: 'E2', idNumberEnd: '' }),
    await byStaffNumber('o6', { name: '赵四', staffNumber: 'E4', idNumberEnd: '0028' }),
    await byStaffNumber('o7', { name: '孙五', staffNumber: 'E5', idNumberEnd: '0011' }),
    await byPhone('o8', '13700000000'),
  ];
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(outcomes[0]).toMatchObject(refused('NOT_ON_ROSTER'));
  expect(await bindings(deps)).toEqual([]);
  expect(await sessions(deps)).toEqual([]);
});

test('a binding token that this server did not make, or made long ago, binds nothing', async () => {
  const { deps, from, token, wechat } = await aRoster();
  const old = await token('oA');
  deps.clock.advance({ minutes: 11 });
  for (const bindingToken of [old, 'nonsense']) {
    expect(await bindByStaffNumber(deps, from, { bindingToken, ...details })).toMatchObject(
      refused('BINDING_TOKEN_UNUSABLE'),
    );
    expect(await bindByPhone(deps, { bindingToken, phoneCode: wechat.phoneCode(WANG.phone) })).toMatchObject(
      refused('BINDING_TOKEN_UNUSABLE'),
    );
  }
  expect(await bindings(deps)).toEqual([]);
});

test('five wrong tries of one WeChat account stop it, even with the right details', async () => {
  const { deps, byStaffNumber } = await aRoster();
  for (let i = 0; i < 5; i++)
    expect(await byStaffNumber('oA', { ...details, staffNumber: `X${i}` })).toMatchObject(refused('NOT_ON_ROSTER'));
  expect(await byStaffNumber('oA', details)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
  expect(await bindings(deps)).toEqual([]);
  accepted(await byStaffNumber('oB', details));
});

test('many WeChat accounts cannot share out the guesses at one staff number', async () => {
  const { deps, byStaffNumber } = await aRoster();
  for (let i = 0; i < 5; i++)
    expect(await byStaffNumber(`o${i}`, { ...details, idNumberEnd: `100${i}` })).toMatchObject(
      refused('NOT_ON_ROSTER'),
    );
  expect(await byStaffNumber('o6', details)).toMatchObject(refused('TOO_MANY_ATTEMPTS'));
  expect(await bindings(deps)).toEqual([]);
});

test('right tries are not counted', async () => {
  const { byStaffNumber } = await aRoster();
  for (let i = 0; i < 8; i++) accepted(await byStaffNumber('oA', details));
});

test('a WeChat account binds one member and a member one WeChat account', async () => {
  const { deps, wang, byStaffNumber, byPhone } = await aRoster();
  accepted(await byStaffNumber('oA', details));
  expect(await byPhone('oA', '13900000000')).toMatchObject(refused('ALREADY_BOUND'));
  expect(await byPhone('oB', WANG.phone)).toMatchObject(refused('ALREADY_BOUND'));
  expect(await byStaffNumber('oB', details)).toMatchObject(refused('ALREADY_BOUND'));
  expect(await bindings(deps)).toEqual([{ openid: 'oA', member_id: wang }]);
  expect(await sessions(deps)).toHaveLength(1);
});

test('of eight WeChat accounts that bind one member at once, one does', async () => {
  const { deps, wang, byPhone } = await aRoster();
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => byPhone(`o${i}`, WANG.phone)));
  const winner = outcomes.findIndex((outcome) => outcome.ok);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject(Array(7).fill(refused('ALREADY_BOUND')));
  expect(await bindings(deps)).toEqual([{ openid: `o${winner}`, member_id: wang }]);
  expect(await sessions(deps)).toHaveLength(1);
});

test('of eight members whom one WeChat account binds at once, one is bound', async () => {
  const { deps, eastWorks, byPhone } = await aRoster();
  const phones = Array.from({ length: 8 }, (_, i) => `1370000000${i}`);
  for (const phone of phones) await aMember(deps, eastWorks, { phone });
  const outcomes = await Promise.all(phones.map((phone) => byPhone('oA', phone)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject(Array(7).fill(refused('ALREADY_BOUND')));
  expect(await bindings(deps)).toHaveLength(1);
  expect(await sessions(deps)).toHaveLength(1);
});

test('eight requests that bind one WeChat account to one member at once all sign in', async () => {
  const { deps, wang, byPhone } = await aRoster();
  for (const outcome of await Promise.all(Array.from({ length: 8 }, () => byPhone('oA', WANG.phone))))
    accepted(outcome);
  expect(await bindings(deps)).toEqual([{ openid: 'oA', member_id: wang }]);
});

test('a member who left cannot sign in with WeChat', async () => {
  const { deps, wang, byPhone, wechat } = await aRoster();
  accepted(await byPhone('oA', WANG.phone));
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [wang]);
  expect(await signInMember(deps, { code: wechat.loginCode('oA') })).toMatchObject(refused('MEMBER_LEFT'));
  expect(await sessions(deps)).toHaveLength(1);
});

test('an admin parts a member from a WeChat account: the sessions end, another account can be bound, the audit knows', async () => {
  const { deps, east, eastWorks, wang, byPhone } = await aRoster();
  const admin = await anAdmin(deps, [east]);
  const old = accepted(await byPhone('oA', WANG.phone));
  expect(await whoIs(deps, old)).toMatchObject({ memberId: wang });
  expect(await unbindMember(deps, admin, aKey(), { id: wang })).toEqual({ ok: true, value: wang });
  await expect(whoIs(deps, old)).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
  expect(await unbindMember(deps, admin, aKey(), { id: wang })).toMatchObject(refused('NOT_BOUND'));
  accepted(await byPhone('oB', WANG.phone));
  expect(await bindings(deps)).toEqual([{ openid: 'oB', member_id: wang }]);
  expect(await auditTrail(deps)).toEqual([
    {
      actor: admin.actor,
      action: 'unbindMember',
      targetId: wang,
      unionId: eastWorks,
      before: { boundAt: deps.clock.now().toISOString() },
      after: null,
    },
  ]);
});

test('an admin of another branch unbinds nobody and ends no session', async () => {
  const { deps, west, wang, byPhone } = await aRoster();
  const tokens = accepted(await byPhone('oA', WANG.phone));
  const stranger = await anAdmin(deps, [west]);
  expect(await unbindMember(deps, stranger, aKey(), { id: wang })).toMatchObject(refused('MEMBER_UNKNOWN'));
  expect(await bindings(deps)).toHaveLength(1);
  expect(await whoIs(deps, tokens)).toMatchObject({ memberId: wang });
  expect(await auditTrail(deps)).toEqual([]);
});

test('no session outlives an unbinding that happens at the same time', async () => {
  const { deps, east, wang, byPhone, wechat } = await aRoster();
  const admin = await anAdmin(deps, [east]);
  accepted(await byPhone('oA', WANG.phone));
  await Promise.all([
    ...Array.from({ length: 6 }, () => signInMember(deps, { code: wechat.loginCode('oA') })),
    unbindMember(deps, admin, aKey(), { id: wang }),
  ]);
  expect(await deps.db.query('SELECT id FROM session WHERE revoked_at IS NULL')).toEqual([]);
});

test('sign-in without proof works for one member, and never in production', async () => {
  const { deps, westWorks, wang } = await aRoster();
  const signedIn = accepted(await signInForDevelopment(deps, { staffNumber: 'E1', name: undefined }));
  expect(await whoIs(deps, signedIn)).toMatchObject({ memberId: wang });
  const other = await aMember(deps, westWorks, { ...WANG, name: '王五', phone: '13611111111', idNumber: 'x' });
  expect(await signInForDevelopment(deps, { staffNumber: 'E1', name: undefined })).toMatchObject(
    refused('MEMBER_UNKNOWN'),
  );
  const named = accepted(await signInForDevelopment(deps, { staffNumber: 'E1', name: '王五' }));
  expect(await whoIs(deps, named)).toMatchObject({ memberId: other });
  const config = testConfig(workerDatabase(), { NODE_ENV: 'production' });
  await expect(signInForDevelopment({ ...deps, config }, { staffNumber: 'E1', name: '王五' })).rejects.toThrow(
    'production',
  );
  expect(await sessions(deps)).toHaveLength(2);
});
