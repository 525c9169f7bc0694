import { CITY_MERCHANTS, type CityMerchant } from './city-merchants.ts';
import { type Client, made, REFUSAL } from './client.ts';
import { CONTRACT_FROM } from './merchants.ts';

const AT_ONCE = 8;

/** Signs the merchants of the city's membership card, each with its outlet: several at once, or it would take long. */
export async function enterCityMerchants(admin: Client, programmeId: string): Promise<void> {
  const left = CITY_MERCHANTS.values();
  const takeUp = async () => {
    for (const merchant of left) await enterCityMerchant(admin, programmeId, merchant);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeUp));
}

async function enterCityMerchant(admin: Client, programmeId: string, merchant: CityMerchant): Promise<void> {
  const { slug, name, category, licence, discount, discountPercent, outlet } = merchant;
  const merchantId = await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $name: String!, $category: MerchantCategory!, $licence: LicenceInput
      $contract: ContractTermsInput
    ) {
      addMerchant(
        key: $key, programmeId: $programmeId, name: $name, category: $category, licence: $licence, contract: $contract
      ) { ${REFUSAL} ... on Merchant { id } }
    }`,
    {
      key: `demo:merchant:${slug}`,
      programmeId,
      name,
      category,
      licence,
      contract: { fromDay: CONTRACT_FROM, discount, discountPercent },
    },
  );
  await made(
    admin,
    `mutation (
      $key: String!, $merchantId: Id!, $name: String!, $address: String!, $place: PlaceInput
      $hours: [OpeningHoursInput!]
    ) {
      addOutlet(
        key: $key, merchantId: $merchantId, name: $name, address: $address, place: $place, hours: $hours
      ) { ${REFUSAL} ... on Outlet { id } }
    }`,
    { key: `demo:outlet:${slug}`, merchantId, ...outlet },
  );
}
