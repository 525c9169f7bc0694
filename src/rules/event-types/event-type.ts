/** What an event type belongs to: 个人成长, 岗位奉献, 文体, 公益, 人生节点, 竞赛创新, 其他. */
export const AREAS = ['growth', 'dedication', 'culture', 'public_good', 'life', 'contest', 'other'] as const;
export type Area = (typeof AREAS)[number];

/** What a value is: one line of text, a whole number, a day ("2026-08-15"), or one of the choices. */
export const ATTRIBUTE_KINDS = ['text', 'number', 'day', 'choice'] as const;
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

/** An attribute that the events of a type may have, so that a form can ask for it. */
export interface AttributeDeclaration {
  /** As members read it: 学历层次. */
  name: string;
  kind: AttributeKind;
  required: boolean;
  /** With the kind choice only: what the value can be. */
  choices?: string[];
}

/** A kind of thing that members do or live, in the programme that knows it. */
export interface EventType {
  /** "degree"; unique in the programme. It never changes. */
  code: string;
  /** As members read it: 学历提升. */
  name: string;
  area: Area;
  /** Whether a member may claim such an event for herself. */
  claimable: boolean;
  attributes: AttributeDeclaration[];
  /** Every programme has it without declaring it. */
  readyMade: boolean;
}

export const LONGEST_TYPE_NAME = 60;
export const LONGEST_CHOICE = 40;
export const MOST_CHOICES = 50;
/** Of all attributes of a type together: a type is stored, and kept in audit records, as one text. */
export const MOST_CHOICES_IN_ALL = 200;
/** Without the ready-made ones: recording an event reads them all. */
export const MOST_DECLARED_TYPES = 100;
