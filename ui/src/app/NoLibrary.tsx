import { useState } from "react";
import { asWaymarkError, type StartProblem } from "../ipc";
import { Failure } from "../ui/Notice";
import { Screen } from "../ui/Screen";
import { strings } from "./strings";

/** There is no library to work with: why, where, and another try. */
export function NoLibrary({ problem }: { problem: StartProblem }) {
  const [error, setError] = useState<{ message: string; hint: string | null }>(problem.error);
  const retry = async () => {
    try {
      if (await problem.retry()) location.reload();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Screen header={null} hasNavigation={false} label={error.message} status={strings.libraryFolder(problem.folder)}>
      <Failure error={error} onRetry={() => void retry()} />
    </Screen>
  );
}
