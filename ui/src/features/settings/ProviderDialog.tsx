// A provider of models. Its key is never part of React's state: it stands in its own input, goes to the host once, and the
// input is cleared.

import { type FormEvent, useRef, useState } from "react";
import { asWaymarkError, commands, type Keep, type Provider, type ProviderForm, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { SelectField } from "../../ui/SelectField";
import { TextArea, TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import { Words } from "../../ui/Words";
import { KeyField } from "./KeyField";
import { modelStrings as strings } from "./model-strings";
import styles from "./models.module.css";
import { emptyForm, type FormState, formOf, modelsOf, withKind } from "./provider-form";

type ProviderDialogProps = { provider: Provider | null; onClose: () => void };
type Problem = { field: string; text: string };
const kinds = ["openai", "anthropic", "ollama"] as const;
const keyringCodes: readonly string[] = ["keyring_unavailable", "keyring_locked"];
const textOf = (error: WaymarkError) => [error.message, error.hint].filter(Boolean).join(" ");

export function ProviderDialog({ provider, onClose }: ProviderDialogProps) {
  const [form, setForm] = useState<FormState>(() => (provider ? formOf(provider) : emptyForm));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [keyring, setKeyring] = useState<WaymarkError | null>(null);
  const [tested, setTested] = useState<string[] | WaymarkError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const key = useRef<HTMLInputElement>(null);
  const change = (next: Partial<FormState>) => {
    setForm({ ...form, ...next });
    setProblem(null);
    setTested(null);
  };
  const problemOf = (field: string) => (problem?.field === field ? problem.text : null);

  /** As the host takes it; null where a line of the models is none. */
  const entered = (): ProviderForm | null => {
    const read = modelsOf(form.models);
    if ("models" in read) return { ...form, models: read.models };
    setProblem({ field: "models", text: strings.modelsProblem(read.problem) });
    return null;
  };
  const work = async (todo: (entered: ProviderForm, key: string) => Promise<void>) => {
    const now = entered();
    if (!now) return;
    setIsBusy(true);
    setKeyring(null);
    try {
      await todo(now, key.current?.value ?? "");
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      if (keyringCodes.includes(error.code)) setKeyring(error);
      else setProblem({ field: error.field ?? "name", text: textOf(error) });
    }
    setIsBusy(false);
  };
  const save = (keep: Keep) =>
    work(async (now, typed) => {
      const saved = await commands.saveProvider({ provider: now, key: typed, keep });
      if (key.current) key.current.value = "";
      tell(strings.saved(saved.name));
      onClose();
    });
  const test = () =>
    work(async (now, typed) => {
      try {
        setTested(await commands.testProvider({ provider: now, key: typed }));
      } catch (thrown) {
        setTested(asWaymarkError(thrown));
      }
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save("keyring");
  };

  return (
    <Dialog title={provider ? strings.editTitle(provider.name) : strings.addTitle} width={560} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={strings.name}
          value={form.name}
          problem={problemOf("name")}
          autoFocus
          onChange={(event) => change({ name: event.target.value })}
        />
        <SelectField
          label={strings.kind}
          value={form.kind}
          choices={kinds.map((value) => ({ value, label: strings.kinds[value] }))}
          onChoose={(kind) => change(withKind(form, kind))}
        />
        <TextField
          label={strings.address}
          value={form.base_url}
          problem={problemOf("base_url")}
          onChange={(event) => change({ base_url: event.target.value })}
        />
        <Checkbox
          label={strings.plainHttp}
          about={strings.plainHttpAbout}
          isOn={form.allows_plain_http}
          onSwitch={(allows_plain_http) => change({ allows_plain_http })}
        />
        <KeyField ref={key} isKept={provider !== null} error={keyring} onKeepForRun={() => void save("this_run")} />
        <TextArea
          label={strings.models}
          hint={strings.modelsHint}
          rows={4}
          value={form.models}
          problem={problemOf("models")}
          onChange={(event) => change({ models: event.target.value })}
        />
        {Array.isArray(tested) && (
          <div role="status">
            <p>{strings.works(tested.length)}</p>
            <p className={styles.listed}>{tested.join(", ")}</p>
          </div>
        )}
        {tested && !Array.isArray(tested) && (
          <p className={styles.problem} role="alert">
            <Words>{textOf(tested)}</Words>
          </p>
        )}
        <DialogActions>
          <Button disabled={isBusy} onClick={() => void test()}>
            {strings.test}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={isBusy}>
            {isBusy ? strings.saving : strings.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
