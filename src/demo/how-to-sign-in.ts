import { ADMIN, APPROVER } from './happiness-account.ts';
import { MEMBERS } from './roster.ts';

const [MEMBER] = MEMBERS;

/** The three addresses. */
export function addresses(url: string): string {
  return `
  会员 member    ${url}/graphql/member
  商户 merchant  ${url}/graphql/merchant
  管理 admin     ${url}/graphql/admin
  用浏览器打开就是 GraphiQL。 Open one in a browser for GraphiQL.
`;
}

/** How to sign in at each door, and a query to try. */
export function howToSignIn(): string {
  return `
登录 · Sign in
  会员 member    mutation { developmentSignIn(staffNumber: "${MEMBER!.staffNumber}") { ... on SessionTokens { accessToken } } }
  商户 merchant  mutation { signIn(login: "milktea-1", password: "…") { ... on SessionTokens { accessToken } } }
  管理 admin     mutation { signIn(login: "${ADMIN.login}", password: "…") { ... on SessionTokens { accessToken } } }
                 login: "${APPROVER.login}" 是第二位管理员，审核申报、复核调整；本人即会员 ${APPROVER.staffNumber}。
                 That is the second admin, who decides on claims and confirms adjustments, and is the member ${APPROVER.staffNumber}.
  密码见 .data/secrets.env 中的 DEMO_ADMIN_PASSWORD，几处相同。 All passwords: DEMO_ADMIN_PASSWORD in .data/secrets.env.
  然后在 Headers 中填写 · then in the Headers tab: {"Authorization": "Bearer <accessToken>"}

试一试 · Try as the member
  { accounts { programmeName balance } offers(first: 5, order: PRICE) { nodes { id title price merchant { name } } } }

演示 · The whole story: script/demo
`;
}
