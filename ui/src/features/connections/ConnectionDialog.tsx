// A connection, by form or from a pasted URL. The password is never part of React's state: it stands in its own input,
// goes to the host once, and the input is cleared.

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import {
  asWaymarkError,
  type Connection,
  commands,
  type Keep,
  keys,
  type Password,
  type WaymarkError,
} from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { tell } from "../../ui/tell";
import { ConnectionFields } from "./ConnectionFields";
import styles from "./dialog.module.css";
import { asInput, emptyForm, type FormState, formOf, type Problems, problemsOf } from "./form";
import { PasswordField } from "./PasswordField";
import { strings } from "./strings";
import { TestResult } from "./TestResult";
import { UrlField } from "./UrlField";
import { useTest } from "./use-test";

type ConnectionDialogProps = { connection: Connection | null; onClose: () => void };

export function ConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const client = useQueryClient();
  const [form, setForm] = useState<FormState>(() => (connection ? formOf(connection) : emptyForm));
  const [problems, setProblems] = useState<Problems>({});
  const [keyringError, setKeyringError] = useState<WaymarkError | null>(null);
  const [isPasted, setIsPasted] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const test = useTest();

  const entered = (): Password => {
    const typed = password.current?.value ?? "";
    return typed !== "" ? { typed } : isPasted ? "pasted" : "kept";
  };
  const change = (next: FormState) => {
    setForm(next);
    setProblems({});
    test.forget();
  };
  const check = (): boolean => {
    const found = problemsOf(form);
    setProblems(found);
    return Object.keys(found).length === 0;
  };
  const save = async (keep: Keep) => {
    if (!check()) return;
    setIsSaving(true);
    setKeyringError(null);
    try {
      const saved = await commands.saveConnection(asInput(form));
      setForm(formOf(saved));
      void client.invalidateQueries({ queryKey: keys.connections });
      if (await keepPassword(saved.id, keep)) {
        tell(strings.saved(saved.name));
        onClose();
      }
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      setProblems({ [error.field ?? "name"]: [error.message, error.hint].filter(Boolean).join(" ") });
    }
    setIsSaving(false);
  };
  const keepPassword = async (id: string, keep: Keep): Promise<boolean> => {
    const given = entered();
    if (given === "kept") return true;
    try {
      await commands.setPassword({ connection: id, password: given, keep });
      if (password.current) password.current.value = "";
      return true;
    } catch (thrown) {
      setKeyringError(asWaymarkError(thrown));
      return false;
    }
  };
  const takePassword = (typed: string, isMore: boolean) => {
    if (!password.current) return;
    password.current.value = isMore ? password.current.value + typed : typed;
    setIsPasted(false);
    test.forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save("keyring");
  };

  return (
    <Dialog title={connection ? strings.editTitle(connection.name) : strings.addTitle} width={640} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <UrlField
          form={form}
          onRead={(next, hasPassword) => {
            change(next);
            setIsPasted(hasPassword);
          }}
          onPassword={takePassword}
        />
        <ConnectionFields
          form={form}
          problems={problems}
          onChange={change}
          password={
            <PasswordField
              ref={password}
              isPasted={isPasted}
              isKept={connection !== null}
              problem={problems.password}
              error={keyringError}
              onChange={test.forget}
              onKeepForRun={() => void save("this_run")}
            />
          }
        />
        {test.outcome && <TestResult outcome={test.outcome} form={asInput(form)} />}
        <div className={styles.actions}>
          <Button disabled={test.isRunning} onClick={() => check() && void test.run(form, entered())}>
            {test.isRunning ? strings.testing : strings.test}
          </Button>
          <span className={styles.spring} />
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={isSaving}>
            {isSaving ? strings.saving : strings.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
