import { IconFlask } from "@tabler/icons-react";
import { useState } from "react";
import { asWaymarkError, type Connection, commands, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import { strings } from "./strings";

/** The id that the sandbox's organization always has. */
const organization = "org_sandbox";

type StartSandboxProps = { connection: Connection; error: WaymarkError; onStarted: () => void };

/** The sandbox ends with the window that started it. Publishing to it again only needs it to run again. */
export function StartSandbox({ connection, error, onStarted }: StartSandboxProps) {
  const [isStarting, setIsStarting] = useState(false);
  if (connection.organization !== organization || error.code !== "unreachable") return null;
  const start = async () => {
    setIsStarting(true);
    try {
      await commands.sandboxUp();
      onStarted();
    } catch (thrown) {
      tellError(asWaymarkError(thrown));
    }
    setIsStarting(false);
  };
  return (
    <Button variant="primary" icon={IconFlask} disabled={isStarting} onClick={() => void start()}>
      {isStarting ? strings.sandboxStarting : strings.sandboxStart}
    </Button>
  );
}
