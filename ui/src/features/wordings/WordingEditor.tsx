// One wording: its name, what it is for, its template, and what is wrong with it.

import { IconCopy, IconDeviceFloppy, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import {
  asWaymarkError,
  commands,
  readOnly,
  type WaymarkError,
  type Wording,
  type WordingNames,
  type WordingProblem,
} from "../../ipc";
import { useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import { keepDraft } from "./drafts";
import { Problems } from "./Problems";
import { refresh } from "./refresh";
import { strings } from "./strings";
import { TemplateEditor } from "./TemplateEditor";
import styles from "./wordings.module.css";

type WordingEditorProps = {
  /** As it is kept; null for one that is new. */
  saved: Wording | null;
  /** As it is typed. */
  wording: Wording;
  isBuiltIn: boolean;
  names: WordingNames;
  problems: readonly WordingProblem[];
  onSelect: (name: string) => void;
  onDuplicate: (wording: Wording) => void;
  onRemove: (name: string) => void;
};

export function WordingEditor({
  saved,
  wording,
  isBuiltIn,
  names,
  problems,
  onSelect,
  onDuplicate,
  onRemove,
}: WordingEditorProps) {
  const client = useQueryClient();
  const [error, setError] = useState<WaymarkError | null>(null);
  // Starting over gives the editor another text.
  const [version, setVersion] = useState(0);
  const show = useRef<(problem: WordingProblem) => void>(() => undefined);
  const key = saved?.name ?? "";
  const isFixed = isBuiltIn || readOnly !== null;
  const isChanged =
    !isBuiltIn &&
    (saved === null || saved.name !== wording.name || saved.about !== wording.about || saved.text !== wording.text);
  // Kept at every key: whatever closes the window or the machine, it is there the next time.
  const type = (change: Partial<Wording>) => {
    const next = { ...wording, ...change };
    const isSame = saved && next.name === saved.name && next.about === saved.about && next.text === saved.text;
    keepDraft(key, isSame ? null : next);
  };
  const discard = () => {
    keepDraft(key, null);
    setError(null);
    setVersion(version + 1);
    if (saved === null) onSelect("default");
  };
  const save = async () => {
    try {
      const kept = await commands.saveWording({ wording, was: saved?.name ?? null });
      await refresh(client);
      setError(null);
      onSelect(kept.name);
      keepDraft(key, null);
      tell(strings.saved(kept.name));
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  const canSave = isChanged && readOnly === null;
  const run = useRef(save);
  run.current = save;
  useActions(
    useMemo(
      () => [{ id: "save", label: strings.save, shortcut: "Mod+S", isEnabled: canSave, run: () => void run.current() }],
      [canSave],
    ),
  );
  const problemOf = (field: string) =>
    error && (error.field ?? "name") === field ? [error.message, error.hint].filter(Boolean).join(" ") : null;
  return (
    <div className={styles.editor}>
      <div className={styles.head}>
        <TextField
          label={strings.name}
          value={wording.name}
          max={60}
          problem={problemOf("name")}
          readOnly={isFixed}
          spellCheck={false}
          onChange={(event) => type({ name: event.target.value })}
        />
        <TextField
          label={strings.aboutField}
          value={wording.about}
          max={200}
          problem={problemOf("about")}
          readOnly={isFixed}
          onChange={(event) => type({ about: event.target.value })}
        />
        <div className={styles.actions}>
          {isBuiltIn && <span className={styles.hint}>{strings.readOnly}</span>}
          {isChanged && <span className={styles.hint}>{strings.unsaved}</span>}
          {canSave && (
            <Button variant="primary" icon={IconDeviceFloppy} shortcut="Mod+S" onClick={() => void save()}>
              {strings.save}
            </Button>
          )}
          {canSave && (
            <Button variant="quiet" onClick={discard}>
              {strings.discard}
            </Button>
          )}
          {readOnly === null && (
            <Button icon={IconCopy} onClick={() => onDuplicate(wording)}>
              {strings.duplicate}
            </Button>
          )}
          {!isBuiltIn && saved && readOnly === null && (
            <Button icon={IconTrash} onClick={() => onRemove(saved.name)}>
              {strings.remove}
            </Button>
          )}
        </div>
        {problemOf("text") && (
          <p role="alert" className={styles.error}>
            {problemOf("text")}
          </p>
        )}
      </div>
      <TemplateEditor
        key={`${version} ${isFixed}`}
        text={wording.text}
        isReadOnly={isFixed}
        names={names}
        problems={problems}
        onType={(text) => type({ text })}
        onOpen={(lead) => {
          show.current = lead;
        }}
      />
      <Problems problems={problems} onShow={(problem) => show.current(problem)} />
    </div>
  );
}
