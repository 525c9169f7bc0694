import iconv from 'iconv-lite';
import { addDays, type BeijingDay, beijingDay } from '../platform/clock.ts';
import { checkDigit } from '../unions/roster/id-number.ts';
import { GRASS_ROOTS } from './happiness-account.ts';

/** A person as an HR department writes one down. */
export interface RosterPerson {
  name: string;
  idNumber: string;
  /** Empty when HR does not have it. */
  phone: string;
  staffNumber: string;
  /** The name of the grass-roots union. */
  union: string;
  joinedOn: BeijingDay;
}

const HEADINGS = ['姓名', '性别', '身份证号', '出生日期', '手机号', '工号', '单位', '入职日期'];

/** A roster as HR departments have it: CSV in GB18030 with Chinese headings, which stand in row 1. */
export function rosterFile(people: readonly RosterPerson[]): Buffer {
  const lines = people.map((person) => {
    const { name, idNumber, phone, staffNumber, union, joinedOn } = person;
    const sex = Number(idNumber[16]) % 2 === 1 ? '男' : '女';
    const born = `${idNumber.slice(6, 10)}/${idNumber.slice(10, 12)}/${idNumber.slice(12, 14)}`;
    return [name, sex, idNumber, born, phone, staffNumber, union, joinedOn.replaceAll('-', '/')];
  });
  return iconv.encode(`${[HEADINGS, ...lines].map((cells) => cells.join(',')).join('\r\n')}\r\n`, 'gb18030');
}

/** An ID number with a right check digit that is plainly nobody's: a counter, 1 to 999, for a birth date. Odd is male. */
export function inventedIdNumber(born: BeijingDay, counter: number): string {
  const digits = `110101${born.replaceAll('-', '')}${String(counter).padStart(3, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];
const BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'];

/** The place in the cycle of sixty: 甲子, 乙丑 … 癸亥. */
function cycleName(i: number): string {
  return `${STEMS[i % STEMS.length]}${BRANCHES[i % BRANCHES.length]}`;
}

// The month and the day of the load, in two leap years, which have them all.
const monthDay = beijingDay(new Date()).slice(4);
const HALF_A_YEAR = 183;
const [eldestBorn, youngestBorn] = [addDays(`1968${monthDay}`, HALF_A_YEAR), `2000${monthDay}`];

/**
 * The 120 members of the branch: 测试员甲子 (D0001) … 演示员癸亥 (D0120), spread over the grass-roots unions. The last has
 * her birthday on the day of the load, so that there is a milestone to find; the first is half a year away from one.
 */
export const MEMBERS: readonly RosterPerson[] = Array.from({ length: 120 }, (_, i) => {
  const number = String(i + 1).padStart(4, '0');
  const born = i < 119 ? addDays(eldestBorn, i * 97) : youngestBorn;
  return {
    name: `${i < 60 ? '测试员' : '演示员'}${cycleName(i)}`,
    idNumber: inventedIdNumber(born, i + 1),
    phone: `1990000${number}`,
    staffNumber: `D${number}`,
    union: GRASS_ROOTS[i % GRASS_ROOTS.length]!.name,
    joinedOn: addDays(born, 22 * 365 + i),
  };
});
