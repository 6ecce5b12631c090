// One step as one document: its title, and the four texts under their colored rules.

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { problemOf, queries, type Step, useTyped } from "../../ipc";
import { fields } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { Words } from "../../ui/Words";
import { useEditor } from "./editor";
import { focusField } from "./FieldEditor";
import { FieldSection } from "./FieldSection";
import styles from "./fields.module.css";
import type { LivePreview } from "./live-preview";
import { ProblemMenu } from "./ProblemMenu";
import { SilenceDialog } from "./SilenceDialog";
import { StepMetadata } from "./StepMetadata";
import { sectionOf } from "./steps/outline";
import { strings } from "./strings";
import { useTextActions } from "./text/actions";
import { alone, toggleAlone } from "./text/alone";
import { FindBar } from "./text/FindBar";
import { finding } from "./text/find";
import { choosing, silencing } from "./text/silencing";
import { useSnippets } from "./text/snippet-actions";
import { TextMenu } from "./text/TextMenu";
import { useDroppedFiles } from "./text/use-dropped-files";
import { useLiveLint } from "./text/use-live-lint";
import { useReviewMarks } from "./text/use-review-marks";
import { useTextMenu } from "./text/use-text-menu";
import { stepTitle } from "./ways";

export function FieldsPane({ preview }: { preview: LivePreview | null }) {
  const { walkthrough, step, session } = useEditor();
  const rules = useQuery(queries.rules()).data;
  const [only] = useStored(alone);
  const [find] = useStored(finding);
  const [toSilence, setToSilence] = useStored(silencing);
  const [chosen, setChosen] = useStored(choosing);
  const scroll = useRef<HTMLDivElement>(null);
  const shown = step?.id;
  // The texts stay where they are from step to step; another step begins at its top.
  useLayoutEffect(() => {
    if (shown !== undefined && scroll.current) scroll.current.scrollTop = 0;
  }, [shown]);
  const menu = useTextMenu();
  if (!step) return null;
  const { steps, type } = walkthrough;
  const index = steps.indexOf(step);
  const press = (event: KeyboardEvent) => {
    menu.onKeyDown(event);
    if (event.key !== "Escape" || event.defaultPrevented || only === null) return;
    toggleAlone();
  };
  const required = rules?.required_fields.find((rule) => rule.type === type)?.fields ?? [];
  const next = steps[index + 1];
  const section = sectionOf(step);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: these are keys and clicks of the texts in it.
    <div
      ref={scroll}
      className={styles.scroll}
      data-scroll
      data-alone={only !== null}
      onKeyDown={press}
      onContextMenu={menu.onContextMenu}
    >
      <LiveTexts step={step.id} />
      {find && <FindBar />}
      {menu.asked && <TextMenu asked={menu.asked} walkthrough={walkthrough.id} onClose={menu.close} />}
      {toSilence && <SilenceDialog what={toSilence} onClose={() => setToSilence(null)} />}
      {chosen && <ProblemMenu finding={chosen} onClose={() => setChosen(null)} />}
      <article className={styles.document}>
        <StepTitle key={step.id} step={step} />
        <p className={styles.place}>
          {strings.stepOf(index + 1, steps.length)} · {section && `${strings.inSection(section)} · `}
          {next ? strings.next(next.title) : strings.last}
        </p>
        {step.content_fields.version === "v1" ? (
          fields.map((field) => (
            <FieldSection
              key={field}
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
        <StepMetadata step={step} />
      </article>
    </div>
  );
}

/** What goes along with the texts and draws nothing itself. */
function LiveTexts({ step }: { step: string }) {
  useSnippets();
  useTextActions();
  useLiveLint(step);
  useReviewMarks(step);
  useDroppedFiles(useEditor().walkthrough.id);
  // Whoever comes back later sees all four texts again.
  useEffect(
    () => () => {
      alone.write(null);
      finding.write(null);
    },
    [],
  );
  return null;
}

function StepTitle({ step }: { step: Step }) {
  const { session } = useEditor();
  const title = useTyped(session.typed, stepTitle(session, step.id), step.title);
  return (
    <>
      <div className={styles.title} data-text={title.value}>
        <textarea
          rows={1}
          aria-label={strings.stepTitle}
          aria-invalid={title.error !== null}
          data-slot="title"
          value={title.value}
          onChange={(event) => title.change(event.target.value.replace(/\s*\n\s*/g, " "))}
          onBlur={title.flush}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            focusField("introduction_for_agent");
          }}
        />
      </div>
      {title.error && (
        <p className={styles.problem} role="alert">
          <Words>{problemOf(title.error) ?? ""}</Words>
        </p>
      )}
    </>
  );
}
