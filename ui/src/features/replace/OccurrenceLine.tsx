import type { FoundPlace, Occurrence, Part, Slot } from "../../ipc";
import { fields, fieldWords, partWords } from "../../lib/fields";
import { Checkbox } from "../../ui/Checkbox";
import { FieldMark } from "../../ui/FieldMark";
import styles from "./found.module.css";
import { strings } from "./strings";

/** Which text it is, and why nothing is replaced in it, if nothing is. */
export function PlaceName({ place }: { place: FoundPlace }) {
  const { step, part, slot, refusal, occurrences, occurrences_total: total } = place;
  const field = fields.find((known) => known === part);
  const hidden = total - occurrences.length;
  return (
    <div className={styles.place}>
      {field && <FieldMark field={field} isFilled />}
      <span className={styles.part}>{field ? fieldWords[field].label : nameOf(part, slot)}</span>
      <span className={styles.step}>{step ? strings.step(step.number, step.title) : strings.details}</span>
      {refusal && (
        <span className={styles.refusal} title={refusal}>
          {refusal}
        </span>
      )}
      {hidden > 0 && refusal === null && <span className={styles.step}>{strings.more(hidden)}</span>}
    </div>
  );
}

function nameOf(part: Part, slot: Slot | null): string {
  if (slot?.slot === "prompt") return strings.prompt(slot.question + 1);
  if (slot?.slot === "answer") return strings.answer(slot.question + 1, slot.answer + 1);
  if (slot?.slot === "explanation") return strings.explanation(slot.question + 1);
  return part in strings.partNames ? strings.partNames[part as keyof typeof strings.partNames] : partWords[part];
}

type OccurrenceLineProps = { one: Occurrence; isOn: boolean; isEnabled: boolean; onSwitch: () => void };

/** The line with what goes struck out, and what comes in its place. */
export function OccurrenceLine({ one, isOn, isEnabled, onSwitch }: OccurrenceLineProps) {
  const { line, before, found, becomes, after } = one;
  return (
    <div className={styles.occurrence}>
      {isEnabled ? (
        <Checkbox label={strings.includeOne(line, found)} isHidden isOn={isOn} onSwitch={onSwitch} />
      ) : (
        <span />
      )}
      <span className={styles.number}>{line}</span>
      <span className={styles.text}>
        <span className={styles.around}>{before}</span>
        <del>{shown(found)}</del>
        {isOn && becomes !== "" && <ins>{shown(becomes)}</ins>}
        <span className={styles.around}>{after}</span>
      </span>
    </div>
  );
}

/** Line breaks and tabs as marks, so that a line stays a line. */
const shown = (text: string) => text.replaceAll("\n", "⏎").replaceAll("\t", "⇥");
