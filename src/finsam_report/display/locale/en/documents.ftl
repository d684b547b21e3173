# Title pages of the documents beside the report.
document-brief = The report in brief
document-association = Follow-up report of a coordination association
document-association-years = Follow-up report of a coordination association, { $years }
document-analysis-plan = Analysis plan
document-evaluation-plan = Evaluation plan
document-progress-report = Progress report
document-invented = The study is an example: its people, places, goals and results are invented.
