// The walkthrough as a whole: what it is called, for whom, and where it is offered.

import { useQuery } from "@tanstack/react-query";
import { use, useState } from "react";
import { queries, type WalkthroughStatus, type WalkthroughType } from "../../ipc";
import { kinds, kindWords, stages } from "../../lib/kinds";
import { SelectField } from "../../ui/SelectField";
import { EditorParts } from "../../ui/slots";
import { TextArea, TextField } from "../../ui/TextField";
import { attempt } from "./actions";
import styles from "./details.module.css";
import { useEditor } from "./editor";
import { Metadata } from "./Metadata";
import { OwnChoices } from "./OwnChoices";
import { Servers } from "./Servers";
import { strings } from "./strings";
import { Tags } from "./Tags";
import { useSavedText } from "./use-saved-text";

export function DetailsPage() {
  const { session, walkthrough } = useEditor();
  const rules = useQuery(queries.rules()).data;
  const parts = use(EditorParts);
  const title = useSavedText(walkthrough.title, (value) => session.edit({ edit: "set_title", title: value }));
  const description = useSavedText(walkthrough.description ?? "", (value) =>
    session.edit({ edit: "set_description", description: value === "" ? null : value }),
  );
  const types = kinds.map((kind) => ({ value: kind, label: kindWords[kind].label, about: kindWords[kind].about }));
  const statuses = stages.map((stage) => ({ value: stage, label: strings.statuses[stage] }));
  const setType = (type: WalkthroughType) => attempt(() => session.edit({ edit: "set_type", type }));
  const setStatus = (status: WalkthroughStatus) => attempt(() => session.edit({ edit: "set_status", status }));
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <h2 className={styles.heading}>{strings.details}</h2>
        <TextField
          label={strings.title}
          value={title.value}
          max={rules?.title_max}
          problem={title.error && `${title.error.message} ${title.error.hint ?? ""}`}
          onChange={(event) => title.onChange(event.target.value)}
          onBlur={title.onBlur}
        />
        <TextArea
          label={strings.description}
          placeholder={strings.descriptionPlaceholder}
          rows={3}
          value={description.value}
          max={rules?.description_max}
          problem={description.error && `${description.error.message} ${description.error.hint ?? ""}`}
          onChange={(event) => description.onChange(event.target.value)}
          onBlur={description.onBlur}
        />
        <div className={styles.pair}>
          <SelectField label={strings.type} value={walkthrough.type} choices={types} onChoose={setType} />
          <Duration />
        </div>
        <SelectField label={strings.status} value={walkthrough.status} choices={statuses} onChoose={setStatus} />
        <Tags tags={walkthrough.tags} onTags={(tags) => attempt(() => session.edit({ edit: "set_tags", tags }))} />
        <Servers />
        {parts && <parts.Certificate />}
        <OwnChoices />
        <Metadata />
      </div>
    </div>
  );
}

function Duration() {
  const { session, walkthrough } = useEditor();
  const [problem, setProblem] = useState<string | null>(null);
  const saved = walkthrough.estimated_duration_minutes;
  const minutes = useSavedText(saved === null ? "" : String(saved), async (value) => {
    const isNumber = /^\d{0,6}$/.test(value.trim());
    setProblem(isNumber ? null : strings.durationProblem);
    if (isNumber) await session.edit({ edit: "set_duration", minutes: value.trim() === "" ? null : Number(value) });
  });
  return (
    <TextField
      label={strings.duration}
      inputMode="numeric"
      value={minutes.value}
      problem={problem ?? minutes.error?.message ?? null}
      onChange={(event) => minutes.onChange(event.target.value)}
      onBlur={minutes.onBlur}
    />
  );
}
