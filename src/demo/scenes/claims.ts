import { approveClaim, type Claim, claimOf, resubmitClaim, returnClaim, submitClaim } from '../claiming.ts';
import { accepted, Client, send } from '../client.ts';
import { PHOTOGRAPH, uploadEvidence } from '../evidence.ts';
import { APPROVER } from '../happiness-account.ts';
import { arrived, programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { tellLines } from './points.ts';

const NEW_HOME = 'milestone.new-home';
const REASON = '照片看不清房产证上的姓名，请补拍姓名页。';

/** A member claims a new home with evidence; the branch returns the claim with a reason, then approves it, and it is paid. */
export async function memberClaims(stage: Stage): Promise<void> {
  const { story, claimant } = stage;
  const { name, staffNumber } = stage.cast.claimant;
  await story.step(`${name}登录，查看乔迁如何申报`, 'a member sees how a new home is claimed', async () => {
    accepted(await claimant.signInAsMember(staffNumber));
    const form = (await formsFor(stage)).find((one) => one.code === NEW_HOME);
    for (const line of form?.earns ?? []) story.note(line);
    same('evidence, approval', [form?.evidenceNeeded, form?.approval], [true, 'BRANCH']);
  });
  await story.step('没有证明材料的申报被拒绝', 'a claim without evidence is refused', async () => {
    const answer = await submitClaim(stage, claimant, 'claim-bare', { eventType: NEW_HOME, evidenceIds: [] });
    story.note(refused(answer, 'EVIDENCE_NEEDED').message);
  });
  await story.step('名为 PDF、内容却是图片的文件被拒绝', 'a file that is not what it says is refused', async () => {
    story.note(refused(await uploadEvidence(claimant, '房产证.pdf'), 'EVIDENCE_NOT_WHAT_IT_SAYS').message);
  });
  const photograph = await story.step('上传房产证照片（PNG）', 'a PNG image is uploaded', async () =>
    accepted(await uploadEvidence(claimant, '房产证.png')),
  );
  const claim = await story.step('提交申报，等待审核', 'the claim is submitted', async () => {
    const evidenceIds = [needed(photograph, '照片 the photograph')];
    const submitted = accepted(await submitClaim(stage, claimant, 'claim', { eventType: NEW_HOME, evidenceIds }));
    story.note(`须于 ${submitted.dueOn} 前审核 to be decided by then`);
    same('state', submitted.state, 'SUBMITTED');
    return submitted;
  });
  await branchReturns(stage, claim);
  await memberMends(stage, claim, photograph);
  await branchApproves(stage, claim);
  await refuseOwnClaim(stage);
}

interface Form {
  code: string;
  evidenceNeeded: boolean;
  approval: string;
  earns: string[];
}

async function formsFor(stage: Stage): Promise<Form[]> {
  const { claimableEventTypes } = await stage.claimant.ask<{ claimableEventTypes: Form[] }>(
    `query ($programmeId: Id!) {
      claimableEventTypes(programmeId: $programmeId) { code evidenceNeeded approval earns }
    }`,
    { programmeId: programmeOf(stage) },
  );
  return claimableEventTypes;
}

async function branchReturns(stage: Stage, claim: Claim | undefined): Promise<void> {
  const { story, approver, password } = stage;
  await story.step(`${APPROVER.login} 登录，查看申报和照片`, 'the second admin looks at the evidence', async () => {
    accepted(await approver.signIn(APPROVER.login, password));
    const seen = await approver.ask<{
      claim: { title: string; member: { name: string }; evidence: { fileName: string; url: string }[] } | null;
    }>('query ($id: Id!) { claim(id: $id) { title member { name } evidence { fileName url } } }', {
      id: needed(claim, '申报 the claim').id,
    });
    const { title, member, evidence } = needed(seen.claim ?? undefined, '申报 the claim');
    story.note(`${member.name}：${title}，${evidence.map((file) => file.fileName).join('、')}`);
    const file = await send(`${approver.url}${evidence[0]?.url}`, {});
    const bytes = Buffer.from(await file.arrayBuffer());
    same('the file', [file.headers.get('content-type'), bytes.equals(PHOTOGRAPH)], ['image/png', true]);
  });
  await story.step('退回并说明原因', 'it is returned with a reason', async () => {
    const returned = accepted(await returnClaim(stage, needed(claim, '申报 the claim').id, REASON));
    same('state', returned.state, 'RETURNED');
  });
}

async function memberMends(stage: Stage, claim: Claim | undefined, photograph: string | undefined): Promise<void> {
  const { story, claimant } = stage;
  await story.step('会员看到原因，补上照片再提交', 'the member reads the reason and mends the claim', async () => {
    const { id } = needed(claim, '申报 the claim');
    const last = (await claimOf(claimant, id))?.steps.at(-1);
    story.note(`退回原因 reason：${last?.reason}`);
    same('last step', last, { action: 'RETURNED', reason: REASON });
    const second = accepted(await uploadEvidence(claimant, '房产证姓名页.png'));
    const evidenceIds = [needed(photograph, '照片 the photograph'), second];
    same('state', accepted(await resubmitClaim(stage, claimant, id, evidenceIds)).state, 'SUBMITTED');
  });
}

async function branchApproves(stage: Stage, claim: Claim | undefined): Promise<void> {
  const { story, approver, claimant } = stage;
  await story.step('审核通过', 'the second admin approves it', async () => {
    const approved = accepted(await approveClaim(stage, approver, 'approve', needed(claim, '申报 the claim').id));
    same('state', approved.state, 'APPROVED');
  });
  await story.step('200 分到账，明细写明按规则第几版', '200 points arrive by a version of the rule', async () => {
    const { statement } = await arrived(stage, claimant, 200);
    tellLines(story, statement.nodes);
    const { ruleName, number } = needed(statement.nodes[0]?.rule ?? undefined, '规则 the rule');
    story.note(`规则版本 version of the rule：${ruleName}，第 ${number} 版`);
    same('rule, version', [ruleName, number], ['乔迁', 1]);
  });
}

/** The second admin is a member too, and somebody else decides on what she claims. */
async function refuseOwnClaim(stage: Stage): Promise<void> {
  const { story, cast, admin, approver } = stage;
  const title = `审核员自己（会员 ${APPROVER.staffNumber}）的申报，本人不能审核，另一位可以`;
  await story.step(title, 'an approver cannot approve her own claim, another one can', async () => {
    const self = new Client(approver.url, 'member');
    accepted(await self.signInAsMember(APPROVER.staffNumber));
    // Of a level that earns nothing, so that her points are the same after any number of runs.
    const attributes = [
      { name: '等级', text: '中级' },
      { name: '证书', text: `民航安检 ${cast.run}` },
    ];
    const evidenceIds = [accepted(await uploadEvidence(self, '证书.png'))];
    const { id } = accepted(
      await submitClaim(stage, self, 'own-claim', { eventType: 'certificate', attributes, evidenceIds }),
    );
    story.note(refused(await approveClaim(stage, approver, 'approve-own', id), 'OWN_CLAIM').message);
    same('state', accepted(await approveClaim(stage, admin, 'approve-others', id)).state, 'APPROVED');
  });
}
