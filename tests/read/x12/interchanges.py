"""X12 837 files for tests."""

from __future__ import annotations

PROFESSIONAL = "005010X222A1"
INSTITUTIONAL = "005010X223A2"

SUBSCRIBER = (
    "HL*2*1*22*0",
    "SBR*P*18*******MB",
    "NM1*IL*1*DOE*JAN****MI*1EG4",
    "NM1*PR*2*MEDICARE PART B*****PI*12345",
)
SURGEON = (
    "CLM*A100*1500***21:B:1*Y*A*Y*Y",
    "DTP*435*D8*20260301",
    "REF*D9*CH77",
    "REF*EA*MRN5",
    "HI*ABK:T8744*ABF:M86652",
    "NM1*82*1*SURGEON*A****XX*1234567893",
    "REF*G2*NOTANUMBER",
    "SBR*S*18*******CI",
    "NM1*PR*2*OTHER PAYER*****PI*999",
    "REF*F8*OTHERPAYERS",
    "LX*1",
    "SV1*HC:27596:LT:58*1500*UN*1***2:1",
    "DTP*472*D8*20260302",
    "REF*6R*LINE1",
    "LX*2",
    "SV1*HC:11044*300*UN*2***1",
    "DTP*472*RD8*20260302-20260303",
)
HOSPITAL = (
    "CLM*H200*9000***11:A:1**A*Y*Y",
    "DTP*434*RD8*20260301-20260309",
    "DTP*435*DT*202603011000",
    "CL1*1*1*01",
    "REF*EA*MRN5",
    "HI*ABK:T8744:::::::Y",
    "HI*ABF:M86652*ABF:E1152",
    "HI*BBR:0Y6D0Z2:D8:20260302",
    "HI*BBQ:0JBM0ZZ:D8:20260303",
    "LX*1",
    "SV2*0360**9000*UN*1",
    "LX*2",
    "SV2*0360*HC:27596:LT*9000*UN*1",
    "DTP*472*D8*20260302",
)


def interchange(*claims: tuple[str, ...], guide: str = PROFESSIONAL, ends: str = "~\n") -> str:
    """A whole file of one transaction with right counts; `claims` begin with CLM or HL."""
    body = (
        f"ST*837*0001*{guide}",
        "BHT*0019*00*1*20260305*1200*CH",
        "NM1*41*2*SENDER*****46*1",
        "NM1*40*2*RECEIVER*****46*2",
        "HL*1**20*1",
        "NM1*85*2*A CLINIC*****XX*1234567893",
        *SUBSCRIBER,
        *(segment for claim in claims for segment in claim),
    )
    lines = (
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
        "*260305*1200*^*00501*000000001*0*P*:",
        f"GS*HC*SENDER*RECEIVER*20260305*1200*1*X*{guide}",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    )
    return "".join(line + ends for line in lines)
