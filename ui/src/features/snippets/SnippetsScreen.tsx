// The snippets of the library: what is put into a text by typing a slash and a name.

import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { asWaymarkError, commands, type KeptSnippet, keys, queries, readOnly } from "../../ipc";
import { useActions } from "../../ui/actions";
import { Button, IconButton } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { tell, tellError } from "../../ui/tell";
import { SnippetDialog } from "./SnippetDialog";
import styles from "./snippets.module.css";
import { strings } from "./strings";

const empty: KeptSnippet = { name: "", text: "" };

export function SnippetsScreen({ name }: { name: string | null }) {
  const client = useQueryClient();
  const snippets = useQuery(queries.snippets());
  const [chosen, setOpen] = useState<KeptSnippet | null>();
  // The one in the address is open until somebody closes it.
  const named = snippets.data?.find((known) => known.name === name) ?? null;
  const open = chosen === undefined ? named : chosen;
  const refresh = () => client.invalidateQueries({ queryKey: keys.snippets });
  const attempt = (run: () => Promise<unknown>) =>
    run()
      .then(refresh)
      .catch((error: unknown) => tellError(asWaymarkError(error)));
  const remove = ({ name }: KeptSnippet) =>
    attempt(async () => {
      const snippet = await commands.removeSnippet(name);
      const undo = () => void attempt(() => commands.saveSnippet({ snippet, was: null }));
      tell(strings.removed(name), { label: strings.undo, run: undo });
    });
  useActions(useMemo(() => [{ id: "new", label: strings.add, shortcut: "Mod+N", run: () => setOpen(empty) }], []));
  const add = (
    <Button variant="primary" icon={IconPlus} disabled={readOnly !== null} onClick={() => setOpen(empty)}>
      {strings.add}
    </Button>
  );
  return (
    <Screen
      label={strings.title}
      status={snippets.isPending ? <span>{strings.loading}</span> : null}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total}>{snippets.data && strings.total(snippets.data.length)}</span>
          <span className={styles.spring} />
          {snippets.data && snippets.data.length > 0 && add}
        </>
      }
    >
      {snippets.isError && <Failure error={asWaymarkError(snippets.error)} onRetry={() => void snippets.refetch()} />}
      {snippets.data?.length === 0 && (
        <Notice title={strings.emptyTitle} text={strings.emptyText}>
          {add}
        </Notice>
      )}
      <ul className={styles.list}>
        {snippets.data?.map((snippet) => (
          <li key={snippet.name} className={styles.row}>
            <code className={styles.name}>/{snippet.name}</code>
            <pre className={styles.shown}>{snippet.text}</pre>
            <IconButton label={strings.edit(snippet.name)} icon={IconPencil} onClick={() => setOpen(snippet)} />
            <IconButton label={strings.remove(snippet.name)} icon={IconTrash} onClick={() => void remove(snippet)} />
          </li>
        ))}
      </ul>
      {open && <SnippetDialog snippet={open} onClose={() => setOpen(null)} />}
    </Screen>
  );
}
