import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { type Finding, partOf, type Rule, slotName } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fieldWords, partWords } from "../../lib/fields";
import { hrefTo } from "../../lib/route";
import { focusSlot } from "../../lib/slot-place";
import { FieldMark } from "../../ui/FieldMark";
import { Words } from "../../ui/Words";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import { allOf, fixSelected, selectionOf } from "./mending";
import styles from "./problem-list.module.css";
import { type Group, unknownWord } from "./problems";
import type { ToSilence } from "./SilenceDialog";
import { strings } from "./strings";
import { WordMenu } from "./WordMenu";

/** Their findings are mended where the quiz is written. */
const ofQuizzes = /^L06[0-7]$/;

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle };

type ProblemGroupProps = { group: Group; rule: Rule | undefined; onSilence: (what: ToSilence) => void };

/** What one rule found. */
export function ProblemGroup({ group, rule, onSilence }: ProblemGroupProps) {
  const { session } = useEditor();
  const { findings, severity } = group;
  const Mark = icons[severity];
  const name = rule?.name ?? group.rule;
  const fixable = findings.filter(({ fix }) => fix !== null);
  const label = fixable[0]?.fix?.label ?? "";
  return (
    <section className={styles.group} aria-label={`${group.rule} ${name}`}>
      <div className={styles.head}>
        <Mark size={16} stroke={1.75} className={classNames(styles.mark, styles[severity])} aria-label={severity} />
        <h3>{name}</h3>
        <a
          className={styles.rule}
          href={hrefTo({ screen: "settings", section: "lint", rule: group.rule })}
          aria-label={strings.aboutRule(group.rule)}
        >
          {group.rule}
        </a>
      </div>
      {rule && (
        <p className={styles.why}>
          <Words>{rule.explanation}</Words>
        </p>
      )}
      <ul className={styles.list}>
        {findings.map((finding) => (
          <li key={`${finding.step_id} ${finding.field} ${partOf(finding)} ${finding.subject} ${finding.message}`}>
            <Problem finding={finding} canSilence={rule?.can_silence !== false} onSilence={onSilence} />
          </li>
        ))}
      </ul>
      {findings.length > 1 && (
        <div className={styles.actions}>
          {fixable.length > 1 && (
            <button
              type="button"
              className={styles.act}
              onClick={() => attempt(() => fixSelected(session, allOf({ id: group.rule }), label))}
            >
              {strings.fixAll(fixable.length)}
            </button>
          )}
          {rule?.can_silence !== false && (
            <button
              type="button"
              className={classNames(styles.act, styles.quiet)}
              aria-label={strings.silenceAllOf(group.rule)}
              onClick={() => onSilence({ rule: group.rule, name, step: null, field: null, part: null })}
            >
              {strings.silenceAll}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

type ProblemProps = { finding: Finding; canSilence: boolean; onSilence: (what: ToSilence) => void };

function Problem({ finding, canSilence, onSilence }: ProblemProps) {
  const { session, walkthrough, go, goDetails, goQuiz } = useEditor();
  const { rule, step_id, field, slot, message, hint, fix, place } = finding;
  const at = walkthrough.steps.findIndex(({ id }) => id === step_id);
  const part = partOf(finding);
  const open = () => {
    if (step_id === null) goDetails();
    else if (ofQuizzes.test(rule) || part === "quiz") goQuiz(step_id);
    else go(step_id, field, place?.from);
    if (slot) focusSlot(slotName(slot), place?.from, place?.to);
  };
  const title = walkthrough.steps[at]?.title;
  return (
    <div className={styles.item}>
      <button type="button" className={styles.open} onClick={open}>
        <Words>{message}</Words>
        {hint && (
          <span className={styles.hint}>
            <Words>{hint}</Words>
          </span>
        )}
        <span className={styles.place}>
          {at >= 0 && strings.stepNumber(at + 1)}
          {field && (
            <>
              {" · "}
              <FieldMark field={field} />
              {fieldWords[field].lower}
            </>
          )}
          {part && `${at >= 0 ? " · " : ""}${partWords[part]}`}
        </span>
      </button>
      <span className={styles.actions}>
        {fix && (
          <button
            type="button"
            className={styles.act}
            aria-label={`${strings.fix}: ${fix.label}`}
            title={fix.label}
            onClick={() => attempt(() => fixSelected(session, selectionOf(finding), fix.label))}
          >
            {strings.fix}
          </button>
        )}
        {rule === unknownWord && finding.subject !== null && <WordMenu finding={finding} word={finding.subject} />}
        {canSilence && (
          <button
            type="button"
            className={classNames(styles.act, styles.quiet)}
            aria-label={title === undefined ? strings.silenceEverywhere(rule) : strings.silenceHere(rule, title)}
            onClick={() => onSilence({ rule, name: message, step: step_id, field, part })}
          >
            {strings.silence}
          </button>
        )}
      </span>
    </div>
  );
}
