import type { ReleaseItem, WalkthroughPlan } from "../../ipc";
import { hrefTo } from "../../lib/route";
import { Pill, type Tone } from "../../ui/Pill";
import { Words } from "../../ui/Words";
import styles from "./releases.module.css";
import { strings } from "./strings";
import { stateOf } from "./words";

const tones: Record<ReleaseItem["state"], Tone> = {
  open: "neutral",
  sent: "warning",
  done: "accent",
  failed: "danger",
};

type ItemRowProps = { item: ReleaseItem; isChanged: boolean; plan: WalkthroughPlan | undefined };

/** One walkthrough of a release: how far it is, what would happen to it, and why it did not. */
export function ItemRow({ item, isChanged, plan }: ItemRowProps) {
  const { walkthrough, title, state, problem } = item;
  const blocking = plan?.problems.filter(({ severity }) => severity === "error") ?? [];
  const why = blocking.length > 0 ? blocking : problem ? [problem] : [];
  return (
    <li className={styles.item}>
      <a className={styles.name} href={hrefTo({ screen: "editor", id: walkthrough, step: null })}>
        {title}
      </a>
      <span className={styles.spring} />
      {isChanged && <Pill tone="warning">{strings.changedPill}</Pill>}
      {plan && blocking.length === 0 && <span className={styles.muted}>{strings.actions[plan.action]}</span>}
      {blocking.length > 0 && <Pill tone="danger">{strings.blocked}</Pill>}
      <Pill tone={tones[state]}>{stateOf(item)}</Pill>
      {why.map(({ message, hint }) => (
        <p key={message} className={styles.why}>
          <Words>{[message, hint].filter(Boolean).join(" ")}</Words>
        </p>
      ))}
    </li>
  );
}
