import type { Plan } from "../../ipc";
import { Pill, type Tone } from "../../ui/Pill";
import { Conflict } from "./Conflict";
import { Effects } from "./Effects";
import styles from "./publish.module.css";
import { StepChanges } from "./StepChanges";
import { strings } from "./strings";
import { isWritten } from "./words";

type PlanViewProps = {
  plan: Plan | undefined;
  isDraft: boolean;
  isOverwrite: boolean;
  onOverwrite: () => void;
  onPulled: () => void;
};

const tones: Record<keyof typeof strings.actions, Tone> = {
  create: "accent",
  update: "warning",
  none: "neutral",
  conflict: "danger",
  delete: "danger",
};

export function PlanView({ plan, isDraft, isOverwrite, onOverwrite, onPulled }: PlanViewProps) {
  if (!plan) return <PlanSkeleton />;
  const conflicts = plan.walkthroughs.filter(({ action }) => action === "conflict");
  const isSeveral = plan.walkthroughs.length > 1;
  // Of several, those that are up to date are named in one line; what changes must not be looked for between them.
  const shown = isSeveral ? plan.walkthroughs.filter(({ action }) => action !== "none") : plan.walkthroughs;
  const unchanged = plan.walkthroughs.filter((part) => !shown.includes(part));
  return (
    <div className={styles.plan}>
      <section className={styles.changes} aria-labelledby="what-changes" data-pane>
        {conflicts.length > 0 && !isOverwrite && (
          <Conflict plans={conflicts} connection={plan.connection} onOverwrite={onOverwrite} onPulled={onPulled} />
        )}
        <h2 className={styles.section} id="what-changes">
          {strings.whatChanges}
        </h2>
        {shown.map((part) => (
          <div key={part.id} className={styles.part}>
            {isSeveral && (
              <h3 className={styles.partTitle}>
                {part.title}
                <Pill tone={tones[part.action]}>{strings.actions[part.action]}</Pill>
              </h3>
            )}
            <StepChanges plan={part} />
          </div>
        ))}
        {unchanged.length > 0 && (
          <div className={styles.part}>
            <h3 className={styles.partTitle}>{strings.unchanged(unchanged.length)}</h3>
            <p className={styles.muted}>{unchanged.map(({ title }) => title).join(" · ")}</p>
          </div>
        )}
      </section>
      <aside className={styles.effects} data-pane>
        <Effects
          plan={plan}
          isDraft={isDraft}
          isOverwrite={isOverwrite}
          isAnythingWritten={plan.walkthroughs.some(isWritten)}
        />
      </aside>
    </div>
  );
}

/** The shape of a plan while it is made, so that nothing jumps when it is there. */
function PlanSkeleton() {
  return (
    <div className={styles.plan} aria-busy="true">
      <section className={styles.changes}>
        <h2 className={styles.section}>{strings.whatChanges}</h2>
        <div className={styles.bones} aria-hidden>
          {[62, 48, 55].map((width) => (
            <span key={width} style={{ width: `${width}%` }} />
          ))}
        </div>
      </section>
      <aside className={styles.effects}>
        <h2 className={styles.section}>{strings.whatItDoes}</h2>
        <div className={styles.bones} aria-hidden>
          <span style={{ width: "40%", height: 30 }} />
          <span style={{ width: "80%" }} />
        </div>
      </aside>
    </div>
  );
}
