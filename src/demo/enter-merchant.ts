import { type Client, made, REFUSAL } from './client.ts';
import { CONTRACT_FROM, type DemoMerchant } from './merchants.ts';
import { type DemoOffer, OFFERS, SALE } from './offers.ts';

/** Takes a merchant under contract with its outlets and staff, and puts its offers on sale. */
export async function enterMerchant(
  admin: Client,
  programmeId: string,
  merchant: DemoMerchant,
  password: string,
): Promise<void> {
  const { slug, name, category, discount, discountPercent } = merchant;
  const merchantId = await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $name: String!, $category: MerchantCategory!, $contract: ContractTermsInput
    ) {
      addMerchant(
        key: $key, programmeId: $programmeId, name: $name, category: $category, contract: $contract
      ) { ${REFUSAL} ... on Merchant { id } }
    }`,
    {
      key: `demo:merchant:${slug}`,
      programmeId,
      name,
      category,
      contract: { fromDay: CONTRACT_FROM, discount, discountPercent },
    },
  );
  const owner = { login: `${slug}-owner`, name: '演示店主', role: 'OWNER', password };
  await enterStaff(admin, merchantId, owner);
  const outletIds = new Map<string, string>();
  for (const [i, outlet] of merchant.outlets.entries()) {
    const login = `${slug}-${i + 1}`;
    const outletId = await enterOutlet(admin, merchantId, `demo:outlet:${login}`, outlet);
    outletIds.set(outlet.name, outletId);
    await enterStaff(admin, merchantId, { login, name: '演示收银员', role: 'CASHIER', password, outletId });
  }
  const offers = OFFERS.filter((offer) => offer.merchant === slug);
  for (const offer of offers) await enterOffer(admin, { programmeId, merchantId, outletIds }, offer);
}

function enterOutlet(
  admin: Client,
  merchantId: string,
  key: string,
  outlet: DemoMerchant['outlets'][number],
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $merchantId: Id!, $name: String!, $address: String!, $place: PlaceInput) {
      addOutlet(key: $key, merchantId: $merchantId, name: $name, address: $address, place: $place) {
        ${REFUSAL} ... on Outlet { id }
      }
    }`,
    { key, merchantId, ...outlet },
  );
}

async function enterStaff(
  admin: Client,
  merchantId: string,
  person: { login: string; name: string; role: string; password: string; outletId?: string },
): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $merchantId: Id!, $outletId: Id, $role: StaffRole!, $login: String!, $name: String!, $password: String!) {
      addStaff(
        key: $key, merchantId: $merchantId, outletId: $outletId, role: $role, login: $login, name: $name
        password: $password
      ) { ${REFUSAL} ... on Staff { id } }
    }`,
    { key: `demo:staff:${person.login}`, merchantId, ...person },
  );
}

async function enterOffer(
  admin: Client,
  of: { programmeId: string; merchantId: string; outletIds: ReadonlyMap<string, string> },
  offer: DemoOffer,
): Promise<void> {
  const { slug, merchant: _merchant, limit, outlets = [...of.outletIds.keys()], ...terms } = offer;
  const offerId = await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $merchantId: Id!, $outletIds: [Id!]!, $title: String!, $description: String!
      $price: Points!, $stock: Int!, $saleFrom: Instant!, $saleTo: Instant!, $limitCount: Int, $limitPeriod: LimitPeriod!
      $useDays: Int, $useUntil: Day, $lapsePolicy: LapsePolicy!
    ) {
      createOffer(
        key: $key, programmeId: $programmeId, merchantId: $merchantId, outletIds: $outletIds, title: $title
        description: $description, price: $price, stock: $stock, saleFrom: $saleFrom, saleTo: $saleTo
        limitCount: $limitCount, limitPeriod: $limitPeriod, useDays: $useDays, useUntil: $useUntil
        lapsePolicy: $lapsePolicy
      ) { ${REFUSAL} ... on Offer { id } }
    }`,
    {
      ...terms,
      key: `demo:offer:${slug}`,
      programmeId: of.programmeId,
      merchantId: of.merchantId,
      outletIds: outlets.map((name) => of.outletIds.get(name)),
      saleFrom: SALE.from,
      saleTo: SALE.to,
      limitCount: limit?.count,
      limitPeriod: limit?.period ?? 'EVER',
    },
  );
  await made(
    admin,
    `mutation ($key: String!, $offerId: Id!) {
      putOnSale(key: $key, offerId: $offerId) { ${REFUSAL} ... on Offer { id } }
    }`,
    { key: `demo:on-sale:${slug}`, offerId },
  );
}
