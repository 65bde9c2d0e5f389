"""The provisions that the steps of cases and referrals rest on."""

LAW = "Law of 17 December 2014 on victims of trafficking and exploitation"
CONVENTION = "Council of Europe Convention on Action against Trafficking (CETS 197)"
