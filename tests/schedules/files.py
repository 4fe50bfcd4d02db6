"""Public files in small, made up: the columns are theirs, the figures are nobody's."""

FEES = (
    '"Relative Value File",,,,,,,,,,,,,,,,,,,,,,,,\n'
    ",,,,NOT USED,,NON-FAC,NON-FAC,FACILITY,FACILITY,,NON-FAC,FACILITY,PCTC,GLOB,PRE,INTRA,POST,"
    "MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV\n"
    "HCPCS,MOD,DESCRIPTION,STATUS CODE,FOR PAYMENT,WORK RVU,PE RVU,NA INDICATOR,PE RVU,"
    "NA INDICATOR,MP RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR\n"
    "27594,,words,A,,7.00,4.00,NA,4.00,,1.50,12.50,12.50,0,090,0.10,0.69,0.21,2,1,1,1,0,,30.0000\n"
    "27596,,words,A,,10.00,6.00,NA,6.00,,2.00,18.00,18.00,0,090,0.10,0.70,0.20,2,0,1,1,0,,30.0000\n"
    "27596,53,words,A,,5.00,3.00,NA,3.00,,1.00,9.00,9.00,0,090,0,0,0,2,0,1,1,0,,30.0000\n"
)
PAIRS = (
    "CPT only copyright\n"
    '"Column 1","Column 2","*=in existence prior to 1996","Effective Date",'
    '"Deletion Date *=no data","Modifier 0=not allowed 1=allowed","PTP Edit Rationale"\n'
    "27596,97605,,20150101,*,1,words\n"
    "27596,20680,,20150101,*,0,words\n"
    "27596,15100,,20150101,20251231,0,words\n"
    "10004,99999,,20150101,*,0,words\n"
)
UNITS = (
    '"HCPCS/CPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","Rationale"\n'
    "11046,10,3 Date of Service Edit: Clinical,words\n"
)
LOCALITIES = (
    "Addendum E\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n"
    "12345,ZZ,01,NOWHERE,1.100,1.200,0.500\n"
)
WEIGHTS = "TABLE 5\nMS-DRG\tMDC\tTYPE\tMS-DRG Title\tWeights\n474\t08\tSURG\twords\t3.5000\n"
