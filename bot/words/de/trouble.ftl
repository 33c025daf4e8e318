### Was gerade im Weg steht: Slack, oder jemand anderes bei derselben Arbeit.

trouble-slow = Slack antwortet gerade nicht, deshalb wurde nichts gespeichert. Bitte versuch es noch einmal.
trouble-admin = Slack kann gerade nicht sagen, wer in diesem Workspace Admin ist; bitte versuch es in einer Minute noch einmal.
trouble-zone = Slack kann nicht sagen, wo { $who } lebt; bitte versuch es in einer Minute noch einmal.
trouble-group = Slack kann nicht sagen, wer in der Nutzergruppe { $who } ist; bitte versuch es in einer Minute noch einmal.
trouble-because = { $trouble } Slacks Grund: { $why }.
trouble-channel = Slack kann gerade nicht sagen, wer in diesem Kanal ist; bitte versuch es noch einmal.
trouble-not-in-channel = Du bist nicht im Kanal dieses Projekts. Tritt ihm bei und versuch es dann noch einmal.

lease-taken = Gerade arbeitet jemand anderes an diesem Projekt (ein Import, oder eine Runde wird abgeschlossen); bitte versuch es in einer Minute noch einmal.
