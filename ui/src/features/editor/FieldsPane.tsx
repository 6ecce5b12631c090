// One step as one document: its title, and the four texts under their colored rules.

import { useQuery } from "@tanstack/react-query";
import { queries, type Step } from "../../ipc";
import { fields } from "../../lib/fields";
import { Words } from "../../ui/Words";
import { useEditor } from "./editor";
import { focusField } from "./FieldEditor";
import { FieldSection } from "./FieldSection";
import styles from "./fields.module.css";
import type { LivePreview } from "./live-preview";
import { strings } from "./strings";
import { useSavedText } from "./use-saved-text";

export function FieldsPane({ preview }: { preview: LivePreview | null }) {
  const { walkthrough, step, session } = useEditor();
  const rules = useQuery(queries.rules()).data;
  if (!step) return null;
  const { steps, type } = walkthrough;
  const index = steps.indexOf(step);
  const required = rules?.required_fields.find((rule) => rule.type === type)?.fields ?? [];
  const next = steps[index + 1];
  return (
    <div className={styles.scroll} data-scroll>
      <article className={styles.document}>
        <StepTitle key={step.id} step={step} />
        <p className={styles.place}>
          {strings.stepOf(index + 1, steps.length)} · {next ? strings.next(next.title) : strings.last}
        </p>
        {step.content_fields.version === "v1" ? (
          fields.map((field) => (
            <FieldSection
              key={`${step.id} ${field}`}
              session={session}
              step={step}
              field={field}
              isRequired={required.includes(field)}
              preview={preview}
            />
          ))
        ) : (
          <>
            <p className={styles.unknown}>{strings.unknownVersion}</p>
            <pre className={styles.json}>{step.content_fields.json}</pre>
          </>
        )}
      </article>
    </div>
  );
}

function StepTitle({ step }: { step: Step }) {
  const { session } = useEditor();
  const title = useSavedText(step.title, async (value) => {
    await session.edit({ edit: "rename_step", step: step.id, title: value });
    if (session.typedTitle?.title === value) session.showTyped(null);
  });
  const type = (value: string) => {
    session.showTyped({ step: step.id, title: value });
    title.onChange(value);
  };
  return (
    <>
      <div className={styles.title} data-text={title.value}>
        <textarea
          rows={1}
          aria-label={strings.stepTitle}
          aria-invalid={title.error !== null}
          value={title.value}
          onChange={(event) => type(event.target.value.replace(/\s*\n\s*/g, " "))}
          onBlur={title.onBlur}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            focusField("introduction_for_agent");
          }}
        />
      </div>
      {title.error && (
        <p className={styles.problem} role="alert">
          <Words>{`${title.error.message} ${title.error.hint ?? ""}`}</Words>
        </p>
      )}
    </>
  );
}
