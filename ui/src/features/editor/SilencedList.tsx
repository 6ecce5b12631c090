import type { Finding, Silence } from "../../ipc";
import { fieldWords, partWords } from "../../lib/fields";
import { tell } from "../../ui/tell";
import { Words } from "../../ui/Words";
import { attempt } from "./actions";
import { type Editor, useEditor } from "./editor";
import { silence } from "./mending";
import styles from "./problem-list.module.css";
import { strings } from "./strings";
import { takeBack } from "./take-back";

type Said = Silence & { rule: string; findings: Finding[] };

/** What somebody has looked at and keeps, with the reasons: one line for each reason, with all that it covers. */
export function SilencedList({ findings }: { findings: readonly Finding[] }) {
  const { session, walkthrough } = useEditor();
  const said = together(findings);
  const again = async ({ rule, step, field, part }: Said) => {
    await silence(session, { rule, step, field, part, reason: null });
    tell(strings.shownAgain(rule), takeBack(session));
  };
  return (
    <details className={styles.silenced}>
      <summary>{strings.silencedCount(findings.length)}</summary>
      <ul className={styles.list}>
        {said.map((one) => {
          const place = placeOf(one, walkthrough);
          return (
            <li key={`${one.rule} ${one.step} ${one.field} ${one.part}`} className={styles.item}>
              <span className={styles.open}>
                {one.reason}
                <span className={styles.hint}>
                  {one.rule} · {strings.silencedIn(place, one.findings.length)}
                </span>
                {one.findings.slice(0, shownOfEach).map(({ step_id, field, message }) => (
                  <span key={`${step_id} ${field} ${message}`} className={styles.hint}>
                    <Words>{message}</Words>
                  </span>
                ))}
              </span>
              <span className={styles.actions}>
                <button
                  type="button"
                  className={styles.act}
                  aria-label={strings.showAgainOf(one.rule, place)}
                  onClick={() => attempt(() => again(one))}
                >
                  {strings.showAgain}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Findings of one reason that are told by name. */
const shownOfEach = 3;

/** Findings that one reason keeps quiet, and that are shown again together. */
function together(findings: readonly Finding[]): Said[] {
  const said = new Map<string, Said>();
  for (const finding of findings) {
    if (finding.silenced === null) continue;
    const { step, field, part } = finding.silenced;
    const key = `${finding.rule} ${step} ${field} ${part}`;
    const known = said.get(key) ?? { ...finding.silenced, rule: finding.rule, findings: [] };
    known.findings.push(finding);
    said.set(key, known);
  }
  return [...said.values()];
}

function placeOf({ step, field, part }: Silence, { steps }: Editor["walkthrough"]): string {
  const at = steps.findIndex(({ id }) => id === step);
  const place = at < 0 ? strings.wholeWalkthrough : strings.stepNumber(at + 1);
  const words = field ? fieldWords[field].lower : part && partWords[part];
  return words ? `${place}, ${words}` : place;
}
