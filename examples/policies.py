from vendorgate.authoring import Policy, agreement, covered, usage

Policy(
    id="phi-needs-a-baa",
    title="PHI needs a BAA",
    when=usage.data.contains("phi"),
    require=[covered("hipaa_baa") & agreement("baa")],
    remediation="Ask Legal for a BAA",
    references=["45 CFR 164.504(e)"],
)
