// Files on their way in: first shown, then written.

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { asWaymarkError, dialogs, importQueries, type Source } from "../../ipc";
import { offerFiles, useOfferedFiles } from "../../lib/offered-files";
import { navigate } from "../../lib/route";
import { useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { tellError } from "../../ui/tell";
import { ChooseSource } from "./ChooseSource";
import { ImportPreviewView } from "./ImportPreviewView";
import styles from "./import.module.css";
import { strings } from "./strings";

export function ImportScreen() {
  const offered = useOfferedFiles();
  const [text, setText] = useState<string | null>(null);
  const source: Source | null = offered ? { paths: [...offered] } : text !== null ? { text } : null;
  const preview = useQuery({ ...importQueries.preview(source), enabled: source !== null });
  // What was dropped waits for this screen and goes with it.
  useEffect(() => () => offerFiles(null), []);

  const [isChoosing, setIsChoosing] = useState(false);
  const choose = useCallback(async () => {
    // One dialog at a time, however often the button is pressed.
    if (isChoosing) return;
    setIsChoosing(true);
    try {
      const paths = await dialogs.openFiles();
      if (!paths) return;
      setText(null);
      offerFiles(paths);
    } catch (error) {
      tellError(asWaymarkError(error));
    } finally {
      setIsChoosing(false);
    }
  }, [isChoosing]);
  useActions(
    useMemo(() => [{ id: "import", label: strings.choose, shortcut: "Mod+O", run: () => void choose() }], [choose]),
  );

  return (
    <Screen
      label={strings.label}
      status={<span role="status">{source && preview.isFetching ? strings.reading : ""}</span>}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          {offered && <span className={styles.muted}>{strings.files(offered.length)}</span>}
          <span className={styles.spring} />
          {source && (
            <Button variant="quiet" onClick={() => (offered ? void choose() : setText(null))}>
              {strings.other}
            </Button>
          )}
          <Button variant="quiet" onClick={() => navigate({ screen: "library" })}>
            {strings.cancel}
          </Button>
        </>
      }
    >
      {!source ? (
        <ChooseSource onChoose={() => void choose()} onText={setText} />
      ) : preview.isError ? (
        <Failure error={asWaymarkError(preview.error)} onRetry={() => void preview.refetch()} />
      ) : preview.data ? (
        <ImportPreviewView source={source} preview={preview.data} />
      ) : (
        <p className={styles.reading}>{offered ? strings.readingFiles(offered.length) : strings.reading}</p>
      )}
    </Screen>
  );
}
