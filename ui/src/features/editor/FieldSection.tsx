import { IconArrowsMaximize, IconArrowsMinimize, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type CSSProperties, useId } from "react";
import type { Field, Step } from "../../ipc";
import { fieldColor, fieldWords } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { IconButton } from "../../ui/Button";
import { FieldMark } from "../../ui/FieldMark";
import { Pill } from "../../ui/Pill";
import { FieldEditor, focusField } from "./FieldEditor";
import styles from "./fields.module.css";
import { folded } from "./folded";
import { type LivePreview, useCalmPreview, useTokens } from "./live-preview";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { alone, toggleAlone } from "./text/alone";
import { FormatBar } from "./text/FormatBar";
import { finding } from "./text/find";
import { textStrings } from "./text/strings";
import { hasText } from "./texts";

type FieldSectionProps = {
  session: DraftSession;
  step: Step;
  field: Field;
  isRequired: boolean;
  preview: LivePreview | null;
};

export function FieldSection({ session, step, field, isRequired, preview }: FieldSectionProps) {
  const id = useId();
  const [names, setNames] = useStored(folded);
  const [only] = useStored(alone);
  const [find] = useStored(finding);
  const isAlone = only === field;
  // What is looked for may be in any of the texts.
  const isFolded = names.includes(field) && !isAlone && find === null;
  const words = fieldWords[field];
  const isMissing = isRequired && !hasText(step, field);
  const fold = () => setNames(isFolded ? names.filter((name) => name !== field) : [...names, field]);
  return (
    <section
      className={styles.section}
      data-shown={only === null || isAlone}
      style={{ "--field": fieldColor(field) } as CSSProperties}
      aria-labelledby={id}
    >
      <div className={styles.head}>
        <FieldMark field={field} />
        <h3 id={id}>{words.label}</h3>
        <FormatBar field={field} walkthrough={session.read().walkthrough.id} />
        <span className={styles.purpose}>{words.purpose}</span>
        <span className={styles.spring} />
        <IconButton
          label={isAlone ? textStrings.leaveAlone : textStrings.aloneIn(words.lower)}
          icon={isAlone ? IconArrowsMinimize : IconArrowsMaximize}
          className={styles.quiet}
          aria-pressed={isAlone}
          onClick={() => toggleAlone(field)}
        />
        {isRequired && (
          <span className={styles.required}>
            <Pill tone={isMissing ? "danger" : "neutral"}>{strings.required}</Pill>
          </span>
        )}
        <Tokens preview={preview} step={step} field={field} />
        <IconButton
          label={isFolded ? strings.expand(words.lower) : strings.collapse(words.lower)}
          icon={isFolded ? IconChevronRight : IconChevronDown}
          aria-expanded={!isFolded}
          onClick={fold}
        />
      </div>
      {!isFolded && (
        // The room around a short text belongs to the text: a click there puts the cursor into it.
        // biome-ignore lint/a11y/noStaticElementInteractions: the text itself is what the keyboard reaches.
        <div
          className={styles.text}
          onMouseDown={(event) => {
            if (event.target !== event.currentTarget) return;
            event.preventDefault();
            focusField(field);
          }}
        >
          <FieldEditor session={session} step={step.id} field={field} />
        </div>
      )}
    </section>
  );
}

function Tokens({ preview, step, field }: Pick<FieldSectionProps, "preview" | "step" | "field">) {
  const tokens = useTokens(preview, step.id, field);
  const { shown } = useCalmPreview(preview);
  return (
    <span className={styles.tokens} title={shown?.tokens.encoding}>
      {tokens === undefined ? "" : strings.tokens(tokens)}
    </span>
  );
}
