// The certificate's settings, in the details of a walkthrough, with the certificate as it will look.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Certificate, type CertificatePreview, queries, type Typed, useOpenPart } from "../../ipc";
import { Checkbox } from "../../ui/Checkbox";
import { SelectField } from "../../ui/SelectField";
import { TextArea, TextField } from "../../ui/TextField";
import { Words } from "../../ui/Words";
import styles from "./certificate.module.css";
import { Picture } from "./Picture";
import { strings } from "./strings";
import { useTypedCertificate } from "./use-certificate";

export function CertificatePart() {
  const { walkthrough } = useOpenPart();
  const { data } = useQuery({
    ...queries.certificate(walkthrough.id, walkthrough.metadata, walkthrough.title, null),
    // Each save changes what it is read from: the fields stay, with the focus and what is typed in them.
    placeholderData: keepPreviousData,
  });
  const typed = useTypedCertificate(data?.certificate);
  return (
    <section aria-label={strings.certificate} className={styles.section}>
      <h3>{strings.certificate}</h3>
      <p className={styles.about}>{strings.certificateAbout}</p>
      {data?.unreadable && (
        <p className={styles.problem}>
          <Words>{data.unreadable.message}</Words>
        </p>
      )}
      {data && !data.unreadable && (
        <Settings defaults={data.defaults} typed={typed} value={typed.value ?? data.certificate} />
      )}
    </section>
  );
}

type SettingsProps = {
  defaults: CertificatePreview["defaults"];
  typed: Typed<Certificate | undefined>;
  value: Certificate;
};

function Settings({ defaults, typed: { error, change, flush }, value }: SettingsProps) {
  const { walkthrough } = useOpenPart();
  const set = (next: Partial<Certificate>, isWhole?: boolean) => change({ ...value, ...next }, isWhole);
  const typed = useQuery({
    ...queries.certificate(walkthrough.id, walkthrough.metadata, walkthrough.title, value),
    placeholderData: keepPreviousData,
    enabled: value.enabled,
  }).data;
  const body = useRef<HTMLTextAreaElement>(null);
  const problem = (field: string) =>
    (error?.field === field ? `${error.message} ${error.hint ?? ""}` : null) ??
    typed?.problems.find((found) => found.field === field)?.message ??
    null;
  const insert = (name: string) => {
    const input = body.current;
    const text = value.body ?? defaults.body;
    const at = input?.selectionStart ?? text.length;
    set({ body: `${text.slice(0, at)}{${name}}${text.slice(input?.selectionEnd ?? at)}` }, true);
    setTimeout(() => {
      input?.focus();
      input?.setSelectionRange(at + name.length + 2, at + name.length + 2);
    }, 30);
  };
  return (
    <>
      <Checkbox label={strings.certificateOn} isOn={value.enabled} onSwitch={(enabled) => set({ enabled }, true)} />
      {value.enabled && (
        <fieldset className={styles.fields} aria-label={strings.certificate} onBlur={flush}>
          <div className={styles.three}>
            <WholeNumber
              label={strings.threshold}
              usual={defaults.threshold}
              value={value.threshold}
              max={3}
              problem={problem("threshold")}
              wrong={strings.thresholdProblem}
              onChange={(threshold) => set({ threshold })}
            />
            <Difficulty value={value.difficulty} onChoose={(difficulty) => set({ difficulty }, true)} />
            <WholeNumber
              label={strings.certificateDuration}
              usual={defaults.duration_minutes}
              value={value.duration_minutes}
              max={6}
              problem={null}
              wrong={strings.durationProblem}
              onChange={(duration_minutes) => set({ duration_minutes })}
            />
          </div>
          <TextField
            label={strings.certificateTitle}
            data-slot="certificate_title"
            placeholder={defaults.title}
            value={value.title ?? ""}
            problem={problem("title")}
            onChange={(event) => set({ title: event.target.value || null })}
          />
          <TextArea
            ref={body}
            label={strings.certificateBody}
            data-slot="certificate_body"
            placeholder={defaults.body}
            rows={4}
            value={value.body ?? ""}
            problem={problem("body")}
            hint={strings.certificateBodyHint}
            onChange={(event) => set({ body: event.target.value || null })}
          />
          <div className={styles.names}>
            {defaults.variables.map(([name, about]) => (
              <button key={name} type="button" title={strings.insert(name, about)} onClick={() => insert(name)}>
                {`{${name}}`}
              </button>
            ))}
          </div>
          {typed && <Picture svg={typed.svg} label={strings.certificatePreview} />}
        </fieldset>
      )}
    </>
  );
}

type NumberProps = {
  label: string;
  usual: number | null;
  value: number | null;
  max: number;
  problem: string | null;
  wrong: string;
  onChange: (value: number | null) => void;
};

function WholeNumber({ label, usual, value, max, problem, wrong, onChange }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      label={label}
      inputMode="numeric"
      placeholder={usual === null ? "" : String(usual)}
      value={typed ?? (value === null ? "" : String(value))}
      problem={typed === null ? problem : wrong}
      onChange={(event) => {
        const text = event.target.value.trim();
        const isNumber = new RegExp(`^\\d{0,${max}}$`).test(text);
        setTyped(isNumber ? null : event.target.value);
        if (isNumber) onChange(text === "" ? null : Number(text));
      }}
    />
  );
}

function Difficulty({ value, onChoose }: { value: string | null; onChoose: (value: string | null) => void }) {
  const known = strings.difficulties;
  const names = value && !known.includes(value) ? [...known, value] : known;
  const choices = [{ value: "", label: strings.noDifficulty }, ...names.map((name) => ({ value: name, label: name }))];
  return (
    <SelectField
      label={strings.difficulty}
      value={value ?? ""}
      choices={choices}
      onChoose={(name) => onChoose(name === "" ? null : name)}
    />
  );
}
