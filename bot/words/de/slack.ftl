### Warum Slack etwas nicht getan hat. Ohne Slacks Code; der steht im Log.

slack-no-answer = Slack antwortet gerade nicht; versuch es bitte in einer Minute noch einmal.
slack-busy = Slack hat gerade zu viel zu tun; versuch es bitte in einer Minute noch einmal.
slack-refused = Slack lehnt es ab ({ $code }).

# Halbe Sätze: Sie stehen allein als einer oder hinter einem Doppelpunkt.
slack-channel-not-found = den Kanal gibt es nicht, oder die App ist nicht darin; lade sie mit /invite ein
slack-not-in-channel = die App ist nicht im Kanal; lade sie mit /invite ein
slack-is-archived = der Kanal ist archiviert
slack-invalid-auth = Slack nimmt den Bot-Token nicht an; SLACK_BOT_TOKEN muss neu gesetzt werden
slack-account-inactive = die App wurde aus dem Workspace entfernt; installiere sie neu
slack-token-revoked = der Bot-Token wurde widerrufen; installiere die App neu und setze SLACK_BOT_TOKEN
slack-not-authed = es wurde kein Bot-Token gesendet; SLACK_BOT_TOKEN muss gesetzt werden
slack-missing-scope = der App fehlt eine Berechtigung (Scope); installiere sie neu mit denen aus manifest.yml
slack-restricted-action = eine Einstellung des Workspace verbietet der App, hier zu schreiben
slack-thread-not-found = die Nachricht, zu der es gehört, wurde gelöscht
slack-no-such-subteam = diese Nutzergruppe gibt es nicht (mehr)
slack-plan-upgrade-required = der Tarif dieses Workspace hat keine Nutzergruppen
slack-user-not-found = diese Person gibt es im Workspace nicht
slack-messages-tab-disabled = die App darf keine Direktnachrichten schreiben; schalte ihren Messages-Tab (App Home) ein wie in manifest.yml
slack-cannot-dm-bot = das ist ein Bot
slack-user-disabled = das Konto dieser Person ist geschlossen
slack-msg-too-long = die Nachricht ist länger, als Slack erlaubt
slack-file-not-found = die Datei wurde gelöscht oder ist nicht für die App

# Was nicht gesendet werden konnte, und wie viele Nachrichten es traf.
failure-struck = { $reason } ({ $messages ->
        [one] 1 Nachricht
       *[other] { $messages } Nachrichten
    })
failure-unknown = unbekannt
