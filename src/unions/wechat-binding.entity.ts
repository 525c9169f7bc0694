import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a WeChat account, by its openid in our mini-program, is this member. One to one, by two unique keys. */
@Entity('wechat_binding')
export class WechatBinding {
  @PrimaryColumn('varchar', { length: 64 })
  openid!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('datetime', { name: 'bound_at', precision: 3 })
  boundAt!: Date;
}
