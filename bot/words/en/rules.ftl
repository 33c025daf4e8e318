### What is wrong with a project's settings. Shown beside a form's field and on the command line.

rules-language = There is no language { $given }; there are { $known }.
