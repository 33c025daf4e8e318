### Who may do what: a refusal says who can.

# What leads do; stands behind "can" and "but not".
rights-what = { $what ->
        [pause] pause it
        [resume] resume it
        [close] close its round
        [start] begin a round
        [audit] ask for an audit
        [model] change its model
        [export] export
        [import] import items
        [people] see people's figures
        [log] see its log
        [decide] decide disputed items
       *[settings] change its settings
    }
rights-leads-only = Only leads of { $project } can { rights-what }.
rights-observer = You are an observer of { $project }: you can look, but not { rights-what }.
rights-create = Only leads can make a project.
rights-observer-answers = You are an observer of { $project }: you can look at everything, but your answers are not counted.
rights-chosen = The answers of { $project } come from people chosen for it, so yours was not counted.

## Who can. The second of each pair is for places where nobody can be mentioned.

rights-ask-leads = Ask { $people } or an admin of this workspace.
rights-ask-leads-unnamed = Ask whoever leads it or an admin of this workspace.
rights-ask-anybody = Ask anybody else in its channel.
rights-answer-named = Those who can answer: { $people }.
rights-answer-unnamed = Its leads choose who can answer.
rights-answer-anybody = Those who can answer: everybody else in its channel.

rights-no-directory = Nobody here can say who is in the user group { $group }.
