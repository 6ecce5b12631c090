// Wordings: the gallery, one of them in the editor, and what an agent would receive.

import { IconAdjustments } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, type Wording, wordingQueries } from "../../ipc";
import { type Stored, stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import { isSizes, Panes, type Sizes } from "../../ui/Panes";
import { Screen } from "../../ui/Screen";
import { tell, tellError } from "../../ui/tell";
import { keepDraft, wordingDrafts } from "./drafts";
import { Gallery } from "./Gallery";
import { Output, type Trial } from "./Output";
import { refresh } from "./refresh";
import { strings } from "./strings";
import { UsesDialog } from "./UsesDialog";
import { useLook } from "./use-look";
import { WordingEditor } from "./WordingEditor";
import styles from "./wordings.module.css";

const sizes: Stored<Sizes | null> = stored<Sizes | null>(
  "wordings-panes",
  null,
  (value): value is Sizes | null => value === null || isSizes(value),
);
const initial = (width: number): Sizes => ({ start: 240, end: Math.max(320, Math.round(width * 0.34)) });
const empty: Wording = { name: "", about: "", text: "" };

export function WordingsScreen() {
  const client = useQueryClient();
  const wordings = useQuery(wordingQueries.list());
  const choices = useQuery(wordingQueries.choices());
  const names = useQuery(wordingQueries.names());
  const [drafts] = useStored(wordingDrafts);
  const [selected, setSelected] = useState("default");
  const [trial, setTrial] = useState<Trial>({ walkthrough: null, step: null });
  const [isAsking, setAsking] = useState(false);
  const known = wordings.data ?? [];
  const listed = known.find(({ name }) => name === selected) ?? (selected === "" ? null : known[0]);
  const saved: Wording | null = listed ? { name: listed.name, about: listed.about, text: listed.text } : null;
  const wording = drafts[listed?.name ?? ""] ?? saved ?? empty;
  const { look, error } = useLook(wording.text, trial);

  const begin = (next: Wording) => {
    keepDraft("", next);
    setSelected("");
  };
  const attempt = (run: () => Promise<unknown>) =>
    run()
      .then(() => refresh(client))
      .catch((thrown: unknown) => tellError(asWaymarkError(thrown)));
  const remove = (name: string) =>
    attempt(async () => {
      const removed = await commands.removeWording(name);
      const typed = drafts[name];
      keepDraft(name, null);
      setSelected("default");
      const undo = () =>
        void attempt(async () => {
          await commands.restoreWording(removed);
          if (typed) keepDraft(name, typed);
        });
      tell(strings.removed(name), { label: strings.undo, run: undo });
    });
  const importFile = () =>
    attempt(async () => {
      const file = await commands.chooseWordingFile();
      if (file) begin({ name: file.name, about: "", text: file.text.replace(/\r\n?/g, "\n") });
    });

  const failed = [wordings, choices, names].find(({ isError }) => isError);
  return (
    <Screen
      label={strings.title}
      status={wordings.isPending ? <span>{strings.loading}</span> : null}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total}>{strings.about}</span>
          <span className={styles.spring} />
          <Button icon={IconAdjustments} onClick={() => setAsking(true)}>
            {strings.uses}
          </Button>
        </>
      }
    >
      {failed && <Failure error={asWaymarkError(failed.error)} onRetry={() => void failed.refetch()} />}
      {!failed && names.data && wordings.data && (
        <Panes
          sizes={sizes}
          initial={initial}
          start={{
            label: strings.gallery,
            content: (
              <Gallery
                wordings={known}
                choices={choices.data ?? []}
                selected={listed?.name ?? ""}
                onSelect={setSelected}
                onNew={() => begin(drafts[""] ?? { ...empty, name: strings.newName, text: strings.newText })}
                onImport={() => void importFile()}
              />
            ),
          }}
          middle={{
            label: strings.editor,
            content: (
              <WordingEditor
                key={listed?.name ?? ""}
                saved={saved}
                wording={wording}
                isBuiltIn={listed?.is_built_in ?? false}
                names={names.data}
                problems={look?.problems ?? []}
                onSelect={setSelected}
                onDuplicate={({ name, about, text }) => begin({ name: strings.copyOf(name), about, text })}
                onRemove={(name) => void remove(name)}
              />
            ),
          }}
          end={{
            label: strings.output,
            content: <Output trial={trial} onTry={setTrial} look={look} error={error} />,
          }}
        />
      )}
      {isAsking && <UsesDialog wordings={known} choices={choices.data ?? []} onClose={() => setAsking(false)} />}
    </Screen>
  );
}
