// The walkthrough as a whole: what it is called, for whom, and where it is offered.

import { useQuery } from "@tanstack/react-query";
import { use } from "react";
import { problemOf, queries, useTyped, type WalkthroughStatus, type WalkthroughType } from "../../ipc";
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
import * as ways from "./ways";

export function DetailsPage() {
  const { session, walkthrough } = useEditor();
  const rules = useQuery(queries.rules()).data;
  const parts = use(EditorParts);
  const title = useTyped(session.typed, ways.title(session), walkthrough.title);
  const description = useTyped(session.typed, ways.description(session), walkthrough.description ?? "");
  const tags = useTyped(session.typed, ways.tags(session), walkthrough.tags);
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
          data-slot="title"
          value={title.value}
          max={rules?.title_max}
          problem={problemOf(title.error)}
          onChange={(event) => title.change(event.target.value)}
          onBlur={title.flush}
        />
        <TextArea
          label={strings.description}
          data-slot="description"
          placeholder={strings.descriptionPlaceholder}
          rows={3}
          value={description.value}
          max={rules?.description_max}
          problem={problemOf(description.error)}
          onChange={(event) => description.change(event.target.value)}
          onBlur={description.flush}
        />
        <div className={styles.pair}>
          <SelectField label={strings.type} value={walkthrough.type} choices={types} onChoose={setType} />
          <Duration />
        </div>
        <SelectField label={strings.status} value={walkthrough.status} choices={statuses} onChoose={setStatus} />
        <Tags tags={tags.value} problem={problemOf(tags.error)} onTags={(value) => tags.change(value, true)} />
        <Servers />
        {parts && <parts.Certificate />}
        <OwnChoices />
        <Metadata step={null} name={strings.metadata} about={strings.metadataAbout} />
      </div>
    </div>
  );
}

function Duration() {
  const { session, walkthrough } = useEditor();
  const saved = walkthrough.estimated_duration_minutes;
  const minutes = useTyped(session.typed, ways.duration(session), saved === null ? "" : String(saved));
  return (
    <TextField
      label={strings.duration}
      inputMode="numeric"
      value={minutes.value}
      problem={problemOf(minutes.error)}
      onChange={(event) => minutes.change(event.target.value)}
      onBlur={minutes.flush}
    />
  );
}
