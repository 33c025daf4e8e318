### `/roundtable …`: was geantwortet wird, und was nicht gemeint sein kann. Namen von Befehlen und ihre Angaben werden getippt und nicht übersetzt.

commands-unknown = Den Befehl `/roundtable { $name }` gibt es nicht.
commands-unknown-near = Den Befehl `/roundtable { $name }` gibt es nicht. Meintest du `/roundtable { $near }`?
commands-unreachable = Roundtable erreicht seinen Speicher gerade nicht. Es wurde nichts geändert; versuch es bitte noch einmal.
commands-here = { $projects ->
        [0] Dieser Kanal hat noch kein Projekt: `/roundtable new` legt eines an.
        [one] Dieser Kanal hat 1 Projekt.
       *[other] Dieser Kanal hat { $projects } Projekte.
    }

## Welches Projekt gemeint ist. { $known } und { $names } sind Kürzel, durch Komma getrennt.

commands-no-project-here = Dieser Kanal hat kein Projekt; nenne eines: { $known }.
commands-no-project = Dieser Kanal hat kein Projekt; `/roundtable new` legt eines an.
commands-which-project = Dieser Kanal hat { $projects } Projekte ({ $names }); sag, welches: /roundtable { $usage } PROJEKT
commands-too-much = { $project } ist ein Projekt, aber „{ $words }“ dahinter ist zu viel; lass es weg.
commands-report-usage = Sag, welche Runde, mit ihrer Nummer: /roundtable report 3

## Was getan wurde

commands-paused = { $project } macht Pause: keine neue Runde bis `/roundtable resume`.
commands-resumed = { $project } geht weiter.
commands-closes = Runde { $round } von { $project } wird jetzt abgeschlossen; ihr Bericht kommt in den Kanal.
commands-starts = Runde { $round } von { $project } beginnt jetzt, in { $channel }.
commands-audit = Runde { $round } von { $project } verwendet etwa { $labels ->
        [one] 1 Label
       *[other] { $labels } Labels
    } zum Messen.
commands-audit-usage = Sag, wie viele Labels zum Messen verwendet werden sollen: eine ganze Zahl von 1 bis { $most }.
commands-gone-back = `{ $version }` ist jetzt das aktuelle Modell von { $project }. Es plant und bewertet, bis neue Labels das nächste trainieren.
# { $what } ist ein Wort, das man tippt: labels, votes, log.
commands-export = Ich mache die Datei mit { $what ->
        [labels] den Labels
        [votes] den Antworten
       *[log] dem Protokoll
    } von { $project }; sie kommt als Direktnachricht zu dir.
commands-fetching = Ich hole die Datei für { $project }; wie es läuft, schreibe ich in { $channel }.
# Hinter /roundtable, in commands-which-project.
commands-usage-import = import ADRESSE
commands-import-usage = Sag, woher: /roundtable import https://…/reviews.csv – oder zieh eine CSV-, TSV- oder JSONL-Datei in den Kanal.

## Warum ein Eintrag gefragt wurde

commands-why-usage = Sag, welcher Eintrag: /roundtable why EINTRAG, mit seiner ID oder einem Link zu seiner Nachricht („Link kopieren“ im Menü der Nachricht).
commands-why-link = Dieser Link führt zu keinem Eintrag von Roundtable; kopiere den Link der Nachricht, die nach dem Eintrag fragt.
commands-why-not-asked = Nach dem Eintrag { $item } von { $project } wurde noch nicht gefragt.
# { $projects } sind Namen, durch Komma getrennt; { $many } ist "yes" bei mehreren.
commands-why-no-item = { $many ->
        [yes] In keinem der Projekte hier ({ $projects }) gibt es einen Eintrag „{ $item }“.
       *[no] In { $projects } gibt es keinen Eintrag „{ $item }“.
    } { $usage }
commands-why-elsewhere = Einträge von { $project } werden nur in seinem Kanal gezeigt, #{ $channel }: frag dort.
